import type { AccessSpec } from "../../spec/access";
import type { GlobalBalancerSpec } from "../../spec/global-balancer";
import type { JobAgentSpec } from "../../spec/job-agent";
import type { LoadBalancerSpec } from "../../spec/load-balancer";
import type { RequestFirewallSpec } from "../../spec/request-firewall";
import type { ServerlessAgentSpec } from "../../spec/serverless-agent";
import type { TunnelSpec } from "../../spec/tunnel";
import type { ManifestFact } from "../manifest";
import { count, several } from "../words";
import { backupId } from "./backups";
import { scopeOf, type FlowNode } from "./flow";

/** What a fact is in the flow of data; undefined when data does not flow through it. */
export function nodeOf(fact: ManifestFact): FlowNode | undefined {
  const { kind, path, spec } = fact;
  const place = PLACES[kind];
  if (place === undefined) return undefined;
  const id = kind === "backup" ? backupId(fact) : scopeOf(path);
  const title = scopeOf(path).split("/").slice(1).join("/") || id;
  return { id, title, column: place.column, kind: place.kind, detail: place.detail(spec) };
}

type Spec = ManifestFact["spec"];

interface Place extends Pick<FlowNode, "column" | "kind"> {
  detail(spec: Spec): string;
}

const PLACES: Partial<Record<ManifestFact["kind"], Place>> = {
  "request-firewall": {
    column: "filters",
    kind: "request firewall",
    detail: (spec) => (spec as Partial<RequestFirewallSpec>).domain ?? "request firewall",
  },
  access: { column: "gates", kind: "access gate", detail: accessText },
  "global-balancer": {
    column: "entry",
    kind: "global balancer",
    detail: (spec) => (spec as Partial<GlobalBalancerSpec>).domain ?? "balancer",
  },
  "load-balancer": {
    column: "entry",
    kind: "load balancer",
    detail: (spec) => (spec as Partial<LoadBalancerSpec>).domain ?? "load balancer",
  },
  "agent-service": { column: "agents", kind: "agent service", detail: replicasText },
  "agent-vm": { column: "agents", kind: "agent VM", detail: ({ size }) => `VM, ${String(size)}` },
  "serverless-agent": { column: "agents", kind: "serverless agent", detail: agentsText },
  "job-agent": { column: "agents", kind: "agent in jobs", detail: startsText },
  tunnel: { column: "agents", kind: "tunnel", detail: tunnelText },
  postgres: { column: "services", kind: "database", detail: (spec) => `PostgreSQL ${String(spec.version)}, ${redundancyText(spec)}` },
  sqlite: { column: "services", kind: "database", detail: () => "SQLite" },
  cache: { column: "services", kind: "cache", detail: () => "cache" },
  "message-queue": { column: "services", kind: "queue", detail: () => "queue" },
  backup: { column: "copies", kind: "backup", detail: () => "backups" },
};

function accessText(spec: Spec): string {
  const { host, path = "" } = spec as Partial<AccessSpec>;
  return `${host}${path}`;
}

function replicasText({ replicas }: Spec): string {
  const { min, max } = (replicas ?? {}) as { min?: number; max?: number };
  if (max === undefined || min === undefined) return "service";
  if (max === 0) return "service, switched off";
  return min === max ? several(max, "replica") : `${count(min)} to ${several(max, "replica")}`;
}

function agentsText(spec: Spec): string {
  const { agents = [], enabled, exposedAt = [] } = spec as Partial<ServerlessAgentSpec>;
  const many = several(agents.length, "agent");
  if (enabled === false) return `${many}, switched off`;
  return exposedAt.length === 0 ? many : `${many} at ${exposedAt.join(", ")}`;
}

function startsText(spec: Spec): string {
  const { enabled, schedules = [], timeoutMinutes } = spec as Partial<JobAgentSpec>;
  if (enabled === false) return "jobs, switched off";
  return `${schedules.length > 0 ? "by schedule" : "by event"}, ${timeoutMinutes} min at most`;
}

function tunnelText(spec: Spec): string {
  const { port } = spec as Partial<TunnelSpec>;
  return `tunnel to port ${port}`;
}

function redundancyText({ standbys, zones }: Spec): string {
  if (typeof standbys === "number") return standbys === 0 ? "no standby" : several(standbys, "standby");
  return zones === 2 ? "two zones" : "one zone";
}
