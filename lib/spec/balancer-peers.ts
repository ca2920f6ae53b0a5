import type { Check } from "./check";
import { isWorld, readPeer, type Peer, type PeerSpec } from "./firewall";

/** Who may be named as a client of a balancer. */
export interface PeerLimits<F = unknown> {
  /**
   * Kinds of peers that the provider's balancer can tell apart.
   * @default - all
   */
  readonly peerKinds?: readonly ("internet" | "cidr" | "firewall" | "prefixList")[];
  /**
   * Whether the provider keeps the names of peers; else the spec names them by their range.
   * @default true
   */
  readonly peerNames?: boolean;
  /** Where the limits come from. */
  readonly source: string;
  /** The construct path of a firewall. */
  pathOf(firewall: F): string;
}

/** What is wanted instead of the internet as peer, and what to do. */
export type WorldRefusal = readonly [want: string, fix: string];

type Peers = Record<string, PeerSpec>;

const PEER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,31}$/;

/** Who may connect, by name; problems are named `allowFrom.<name>`. */
export function readPeers<F, P extends { readonly allowFrom?: unknown }>(
  check: Check<P>,
  peers: Readonly<Record<string, Peer<F>>>,
  limits: PeerLimits<F>,
  refusal: WorldRefusal | undefined,
): Peers {
  const result: Peers = {};
  if (typeof peers !== "object" || peers === null || Array.isArray(peers) || Object.keys(peers).length === 0) {
    check.issue("allowFrom", peers, 'one named peer or more, such as { office: { cidr: "192.0.2.0/24" } }');
    return result;
  }
  for (const [name, peer] of Object.entries(peers)) {
    const prop = `allowFrom.${name}`;
    if (!PEER_NAME.test(name)) check.issue("allowFrom", name, "peer names of at most 32 letters, digits and -, starting with a letter");
    result[name] = readPeer(check, peer, (firewall) => limits.pathOf(firewall), prop);
    checkKind(check, prop, result[name], limits);
    if (isWorld(result[name]) && refusal !== undefined) check.issue(prop, result[name], ...refusal);
  }
  return limits.peerNames === false ? namedByRange(check, result) : result;
}

function checkKind<F, P extends object>(check: Check<P>, prop: string, peer: PeerSpec, { peerKinds, source }: PeerLimits<F>): void {
  const kind = peer === "internet" ? peer : (Object.keys(peer)[0] as "cidr");
  if (peerKinds === undefined || peerKinds.includes(kind)) return;
  check.issue(prop, peer, `one of ${peerKinds.map(shapeOf).join(", ")} (${source})`, "give the ranges of its addresses");
}

function shapeOf(kind: string): string {
  return kind === "internet" ? '"internet"' : `{ ${kind} }`;
}

/** The provider keeps ranges only: each once, in one order, and none beside the internet, which holds them all. */
function namedByRange<P extends object>(check: Check<P>, peers: Peers): Peers {
  const named = Object.entries(peers).map(([name, peer]) => [name, peer, rangeOf(peer)] as const);
  if (named.length > 1 && named.some(([, peer]) => isWorld(peer))) {
    check.issue(
      "allowFrom",
      Object.keys(peers),
      "the internet alone, or some peers without it",
      "remove the others: the internet holds them",
    );
  }
  const ranges = named.map(([, , range]) => range);
  const twice = named.find(([, , range], index) => ranges.indexOf(range) !== index);
  if (twice !== undefined) check.issue(`allowFrom.${twice[0]}`, twice[1], "every range once", "remove the second one");
  const sorted = [...named].sort(([, , one], [, , other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([, peer, range]) => [range, peer]));
}

/** The range of a peer as the name of it. */
function rangeOf(peer: PeerSpec): string {
  if (peer === "internet") return peer;
  return String(Object.values(peer)[0]);
}
