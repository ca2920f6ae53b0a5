import { Check, isToken, type KeysOf } from "./check";
import { formatRange, hasHostBits, networkOf, tryRange } from "./cidr";
import { openCheck, type SpecContext } from "./context";

/** Who is at the other end of a rule: a range, the whole internet, or something of this stack that has a firewall of its own. */
export type Peer<F = unknown> = { readonly cidr: string } | { readonly firewall: F } | { readonly prefixList: string } | "internet";

export interface FirewallRuleProps<F = unknown> {
  /** One port, or the first of a range. */
  readonly port: number;
  /**
   * Last port of a range.
   * @default - the same port
   */
  readonly toPort?: number;
  /** @default "tcp" */
  readonly protocol?: "tcp" | "udp";
  readonly peer: Peer<F>;
  /** Why this rule is there, in a few words; shown at the provider and in the report. */
  readonly description: string;
}

export interface FirewallProps<F = unknown> {
  /**
   * Who may connect, by rule name. Nobody by default.
   * @default {}
   */
  readonly ingress?: Readonly<Record<string, FirewallRuleProps<F>>>;
  /**
   * Where connections may go, by rule name. Nowhere by default.
   * @default {}
   */
  readonly egress?: Readonly<Record<string, FirewallRuleProps<F>>>;
  /**
   * Whether this is a declared public entry point: only then may a rule in `ingress` have the peer "internet".
   * @default "private"
   */
  readonly exposure?: "private" | "public";
}

/** Where a rule leads, without constructs: `firewall` names the peer's construct path. */
export type PeerSpec = { readonly cidr: string } | { readonly firewall: string } | { readonly prefixList: string } | "internet";

export interface FirewallRuleSpec {
  readonly name: string;
  readonly direction: "ingress" | "egress";
  readonly protocol: "tcp" | "udp";
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: PeerSpec;
  readonly description: string;
}

export interface FirewallSpec {
  readonly exposure: "private" | "public";
  readonly rules: readonly FirewallRuleSpec[];
}

/** The props that are the same on every provider that has them. */
export const FIREWALL_PROPS = { ingress: true, egress: true, exposure: true } satisfies KeysOf<FirewallProps>;
const KNOWN_RULE = { port: true, toPort: true, protocol: true, peer: true, description: true } satisfies KeysOf<FirewallRuleProps>;

/** Ports that give control over a machine or its data; never reachable from the internet. */
export const ADMIN_PORTS = [
  22, 23, 135, 139, 445, 1433, 2375, 2376, 3306, 3389, 5432, 5900, 5985, 5986, 6379, 9200, 10250, 11211, 27017,
] as const;

/** Stand-in for a peer that could not be read. */
const NOBODY: PeerSpec = { cidr: "127.0.0.1/32" };
const DIRECTIONS = ["ingress", "egress"] as const;
const RULE_NAME = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;

/** What the provider allows, and how it finds a peer. */
export interface FirewallLimits<F> {
  /** What may stand in a description. */
  readonly description: { readonly pattern: RegExp; readonly want: string };
  /**
   * Most rules of one firewall, with the source of the number.
   * @default - as many as the account's quota allows
   */
  readonly rules?: { readonly max: number; readonly source: string };
  /** Whether it names lists of ranges, so that a peer may be a `prefixList`. */
  readonly prefixLists: boolean;
  /** Path of the construct that a peer names; undefined when it is none that this provider knows. */
  pathOf(firewall: F): string | undefined;
}

/**
 * The firewall after defaults and checks.
 * @throws IntentError with every problem of every rule.
 */
export function firewallSpec<F>(props: FirewallProps<F>, context: SpecContext, limits: FirewallLimits<F>): FirewallSpec {
  const check = openCheck<FirewallProps<F>>(props, FIREWALL_PROPS, context);
  const exposure = check.oneOf("exposure", ["private", "public"] as const, "private");
  const rules = DIRECTIONS.flatMap((direction) =>
    Object.entries(props?.[direction] ?? {}).map(([name, rule]) => readRule(check, { name, direction, exposure }, rule, limits)),
  );
  checkCount(check, rules, limits);
  return check.done({ exposure, rules });
}

/** A rule that is added to a firewall that exists already. */
export interface AddedRule<F> {
  readonly direction: FirewallRuleSpec["direction"];
  readonly name: string;
  readonly rule: FirewallRuleProps<F>;
}

/**
 * The firewall with one more rule.
 * @throws IntentError when the rule is not allowed or its name is taken.
 */
export function firewallWith<F>(current: FirewallSpec, added: AddedRule<F>, path: string, limits: FirewallLimits<F>): FirewallSpec {
  const { direction, name, rule } = added;
  const check = new Check<FirewallProps<F>>(path, {}, FIREWALL_PROPS);
  if (current.rules.some((known) => known.direction === direction && known.name === name)) {
    check.issue(direction, name, "a rule name that is not taken", "choose another name");
  }
  const rules = [...current.rules, readRule(check, { name, direction, exposure: current.exposure }, rule, limits)];
  checkCount(check, rules, limits);
  return check.done({ ...current, rules });
}

function checkCount<F>(check: Check<FirewallProps<F>>, rules: readonly FirewallRuleSpec[], limits: FirewallLimits<F>): void {
  const { max, source } = limits.rules ?? { max: Infinity, source: "" };
  if (rules.length <= max) return;
  const direction = (rules[max] as FirewallRuleSpec).direction;
  check.issue(direction, rules.length, `${max} rules at most in one firewall (${source})`, "split it in two firewalls");
}

interface RulePlace {
  readonly name: string;
  readonly direction: "ingress" | "egress";
  readonly exposure: "private" | "public";
}

/** One rule after checks; problems are named `ingress.<name>.<prop>`. */
function readRule<F>(
  parent: Check<FirewallProps<F>>,
  place: RulePlace,
  rule: FirewallRuleProps<F>,
  limits: FirewallLimits<F>,
): FirewallRuleSpec {
  const prop = `${place.direction}.${place.name}`;
  if (!RULE_NAME.test(place.name)) parent.issue(place.direction, place.name, "rule names of letters, digits and -, starting with a letter");
  const check = parent.nested<FirewallRuleProps<F>>(prop, rule, KNOWN_RULE);
  const fromPort = check.integer("port", { min: 1, max: 65535 });
  const toPort = check.integer("toPort", { min: 1, max: 65535, default: fromPort });
  if (toPort < fromPort) check.issue("toPort", toPort, `port (${fromPort}) or more`, "swap the two");
  const peer = readPeer(check, rule?.peer, (firewall) => limits.pathOf(firewall), "peer", limits.prefixLists);
  const spec = {
    name: place.name,
    direction: place.direction,
    protocol: check.oneOf("protocol", ["tcp", "udp"] as const, "tcp"),
    fromPort,
    toPort,
    peer,
    description: check.text("description", limits.description),
  };
  if (isWorld(peer) && place.direction === "ingress") refuseWorld(check, spec, place.exposure);
  return spec;
}

function refuseWorld<F>(check: Check<FirewallRuleProps<F>>, rule: FirewallRuleSpec, exposure: "private" | "public"): void {
  const admin = ADMIN_PORTS.find((port) => port >= rule.fromPort && port <= rule.toPort);
  if (admin !== undefined) {
    const fix = "reach machines through the provider's session manager or a bastion, and databases from a firewall of this stack";
    check.issue("peer", rule.peer, `no world access to the admin port ${admin}`, fix);
  } else if (exposure === "private") {
    check.issue("peer", rule.peer, "no world access on a private firewall", 'name the peer, or declare exposure "public"');
  }
}

/** Whether a peer is the whole internet. */
export function isWorld(peer: PeerSpec): boolean {
  return peer === "internet" || (typeof peer === "object" && "cidr" in peer && /\/0$/.test(peer.cidr));
}

/**
 * Reads one peer; problems are named `prop`.
 * @param prefixLists whether the provider names lists of ranges
 */
export function readPeer<F, P extends object>(
  check: Check<P>,
  peer: Peer<F> | undefined,
  pathOf: (firewall: F) => string | undefined,
  prop = "peer",
  prefixLists = true,
): PeerSpec {
  const want = `"internet", { cidr }${prefixLists ? ", { firewall } or { prefixList }" : " or { firewall }"}`;
  if (peer === "internet") return peer;
  if (typeof peer !== "object" || peer === null) {
    check.issue(prop, peer, want);
    return NOBODY;
  }
  const path = "firewall" in peer && peer.firewall ? pathOf(peer.firewall) : undefined;
  if (path !== undefined) return { firewall: path };
  if (prefixLists && "prefixList" in peer && typeof peer.prefixList === "string") return { prefixList: peer.prefixList };
  if ("cidr" in peer && typeof peer.cidr === "string") return { cidr: readCidr(check, peer.cidr, prop) };
  check.issue(prop, "firewall" in peer ? { firewall: "something else" } : peer, want);
  return NOBODY;
}

function readCidr<P extends object>(check: Check<P>, cidr: string, prop: string): string {
  const range = isToken(cidr) ? undefined : tryRange(cidr);
  if (isToken(cidr)) return cidr;
  if (range === undefined) check.issue(prop, cidr, 'an IPv4 range such as "10.0.0.0/16"');
  else if (hasHostBits(range)) check.issue(prop, cidr, "the first address of the range", `use "${formatRange(networkOf(range))}"`);
  return cidr;
}
