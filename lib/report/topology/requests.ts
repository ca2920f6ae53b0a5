import type { AccessSpec } from "../../spec/access";
import type { GlobalBalancerSpec } from "../../spec/global-balancer";
import type { LoadBalancerSpec } from "../../spec/load-balancer";
import type { RequestFirewallSpec } from "../../spec/request-firewall";
import type { ServerlessAgentSpec } from "../../spec/serverless-agent";
import type { TunnelSpec } from "../../spec/tunnel";
import type { ManifestFact } from "../manifest";
import { peerOf } from "./firewalls";
import { scopeOf, WORLD_IN, type Flow, type FlowNode } from "./flow";

const HTTPS = "443";

/** What stands for the name that a provider gives to a service that asks for none. */
const OWN_NAME = "";

/** The ways that requests from the internet take where no firewall of a network stands: by the name of the host that they ask for. */
export function addRequests(flow: Flow, facts: readonly ManifestFact[], things: readonly FlowNode[]): void {
  const filters = facts.filter(({ kind }) => kind === "request-firewall");
  const gates = facts.filter(({ kind }) => kind === "access");
  const ways = facts.flatMap((fact) => hostsOf(fact).map((host) => ({ host, to: scopeOf(fact.path) })));
  for (const { host, to } of ways) {
    const before = [...filters.filter((one) => isBelow(host, domainOf(one))), ...gates.filter((one) => hostOf(one) === host)];
    connectAll(flow, [flow.add(WORLD_IN), ...before.map(({ path }) => scopeOf(path)), to]);
  }
  const served = new Set(ways.map(({ host }) => host));
  for (const gate of gates.filter((one) => !served.has(hostOf(one)))) {
    const before = filters.filter((one) => isBelow(hostOf(gate), domainOf(one)));
    connectAll(flow, [flow.add(WORLD_IN), ...before.map(({ path }) => scopeOf(path)), scopeOf(gate.path)]);
  }
  for (const fact of facts) {
    if (fact.kind === "global-balancer") addTargets(flow, fact, facts);
    if (fact.kind === "load-balancer") addClients(flow, fact, facts, things);
  }
}

function connectAll(flow: Flow, steps: readonly string[]): void {
  steps.slice(1).forEach((to, index) => flow.connect({ from: steps[index] as string, to, kind: "open", label: HTTPS }));
}

/** Names of hosts at which the internet reaches it. */
function hostsOf({ kind, spec }: ManifestFact): readonly string[] {
  switch (kind) {
    case "serverless-agent":
      return ((spec as Partial<ServerlessAgentSpec>).exposedAt ?? []).map((pattern) => pattern.replace(/\/.*$/, ""));
    case "agent-service": {
      const route = spec.route as { domain?: string } | undefined;
      return route === undefined ? [] : [route.domain ?? OWN_NAME];
    }
    case "tunnel":
      return [(spec as Partial<TunnelSpec>).host ?? ""];
    case "global-balancer":
      return [(spec as Partial<GlobalBalancerSpec>).domain ?? ""];
    default:
      return [];
  }
}

const domainOf = ({ spec }: ManifestFact) => (spec as Partial<RequestFirewallSpec>).domain ?? "";
const hostOf = ({ spec }: ManifestFact) => (spec as Partial<AccessSpec>).host ?? "";

function isBelow(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** Where a global balancer sends requests, in the order in which its pools take over. */
function addTargets(flow: Flow, { path, spec }: ManifestFact, facts: readonly ManifestFact[]): void {
  const { pools = {}, failoverOrder = Object.keys(pools) } = spec as Partial<GlobalBalancerSpec>;
  failoverOrder.forEach((name, index) => {
    const { targets = {}, port = HTTPS } = pools[name] ?? {};
    for (const { host, through } of Object.values(targets)) {
      const detail = `${index + 1}. pool, ${name}${through === "tunnel" ? ", by tunnel" : ""}`;
      const own = facts.find((fact) => hostsOf(fact).includes(host));
      const to = own ? scopeOf(own.path) : flow.add({ id: `origin ${host}`, column: "services", kind: "origin", title: host, detail });
      flow.connect({ from: scopeOf(path), to, kind: "open", label: String(port) });
    }
  });
}

/** The clients of a balancer whose own settings say who they are, where no firewall does. */
function addClients(flow: Flow, { path, spec }: ManifestFact, facts: readonly ManifestFact[], things: readonly FlowNode[]): void {
  const { allowFrom = {}, redirectHttp } = spec as Partial<LoadBalancerSpec>;
  const own = scopeOf(path);
  if (facts.some((fact) => fact.kind === "firewall" && scopeOf(fact.path) === own)) return;
  for (const peer of Object.values(allowFrom)) {
    const from = peerOf(flow, peer, "ingress", things);
    for (const label of redirectHttp ? [HTTPS, "80"] : [HTTPS]) flow.connect({ from, to: own, kind: "open", label });
  }
}
