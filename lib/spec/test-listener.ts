import { readPeers, type PeerLimits, type WorldRefusal } from "./balancer-peers";
import type { Check, KeysOf } from "./check";
import type { Peer, PeerSpec } from "./firewall";

export interface TestListenerProps<F = unknown> {
  /** Port other than 80 and 443. */
  readonly port: number;
  /** Who may connect, by name; never the internet. */
  readonly allowFrom: Readonly<Record<string, Peer<F>>>;
}

export interface TestListenerSpec {
  readonly port: number;
  readonly allowFrom: Readonly<Record<string, PeerSpec>>;
}

const KNOWN = { port: true, allowFrom: true } satisfies KeysOf<TestListenerProps>;
const NO_WORLD: WorldRefusal = ["no world access to a test listener", "name the peers"];

/** The listener for tests after checks; problems are named `testListener.<prop>`. */
export function readTestListener<F, P extends object>(
  parent: Check<P>,
  props: TestListenerProps<F>,
  limits: PeerLimits<F>,
): TestListenerSpec {
  const check = parent.nested<TestListenerProps<F>>("testListener", props, KNOWN);
  const port = check.integer("port", { min: 1, max: 65535 });
  if (port === 80 || port === 443) check.issue("port", port, "a port other than 80 and 443, which take the traffic");
  return { port, allowFrom: readPeers(check, props?.allowFrom, limits, NO_WORLD) };
}
