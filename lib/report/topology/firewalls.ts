import { isWorld, type FirewallSpec, type PeerSpec } from "../../spec/firewall";
import type { ManifestFact } from "../manifest";
import { scopeOf, WORLD_IN, WORLD_OUT, type Flow, type FlowNode } from "./flow";

/** Who may connect, as the rules of a firewall have it. */
export function addFirewall(flow: Flow, { path, spec }: ManifestFact, things: readonly FlowNode[]): void {
  const scope = scopeOf(path);
  const [, ...rest] = scope.split("/");
  const rules = (spec as Partial<FirewallSpec>).rules ?? [];
  if (rules.length === 0) return;
  const own = flow.has(scope)
    ? scope
    : flow.add({ id: scope, column: "services", kind: "firewall", title: rest.join("/"), detail: "firewall" });
  for (const { direction, protocol, fromPort, toPort, peer } of rules) {
    const label = `${protocol === "tcp" ? "" : `${protocol} `}${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
    const other = peerOf(flow, peer, direction, things);
    flow.connect(direction === "ingress" ? { from: other, to: own, kind: "open", label } : { from: own, to: other, kind: "open", label });
  }
}

/** What is at the other end of a rule. */
export function peerOf(flow: Flow, peer: PeerSpec, direction: "ingress" | "egress", things: readonly FlowNode[]): string {
  if (typeof peer === "string" || isWorld(peer)) return flow.add(direction === "ingress" ? WORLD_IN : WORLD_OUT);
  const column = direction === "ingress" ? "clients" : "services";
  if ("cidr" in peer)
    return flow.add({ id: `${column} ${peer.cidr}`, column, kind: "address range", title: peer.cidr, detail: "address range" });
  if ("prefixList" in peer) {
    return flow.add({ id: `${column} ${peer.prefixList}`, column, kind: "prefix list", title: peer.prefixList, detail: "prefix list" });
  }
  const scope = scopeOf(peer.firewall);
  if (flow.has(scope) || things.some(({ id }) => id === scope)) return scope;
  const title = scope.split("/").slice(1).join("/") || scope;
  return flow.add({ id: scope, column, kind: "firewall", title, detail: "firewall" });
}
