import { isWorld, type FirewallSpec, type PeerSpec } from "../spec/firewall";
import type { LoadBalancerSpec } from "../spec/load-balancer";
import type { Manifest, ManifestFact } from "./manifest";
import { count, several } from "./words";

/** Where something stands in the flow of data, from clients on the left to copies of backups on the right. */
export type Column = "clients" | "entry" | "agents" | "services" | "copies";

export const COLUMNS = ["clients", "entry", "agents", "services", "copies"] as const satisfies readonly Column[];

/** One thing that data flows from or to, or several of one kind. */
export interface FlowNode {
  readonly id: string;
  readonly column: Column;
  /** What it is, in words: also what is counted when there are many. */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
}

/** A way that data may take. `open`: a firewall lets it through; `report`: heartbeats; `backup`: copies of data. */
export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: "open" | "report" | "backup";
  readonly label: string;
}

/** Who may connect to whom, who reports to whom, and what is copied where. */
export interface Topology {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

/** More of one kind in one column become one node. */
const MOST_OF_A_KIND = 8;

const WORLD_IN: FlowNode = { id: "internet", column: "clients", kind: "internet", title: "Internet", detail: "clients" };
const WORLD_OUT: FlowNode = { id: "internet out", column: "services", kind: "internet", title: "Internet", detail: "APIs and software" };

/** The flow of data in a stack, from its facts. */
export function topologyOf({ facts, resources }: Pick<Manifest, "facts" | "resources">): Topology {
  const flow = new Flow();
  const things = facts.flatMap((fact) => nodeOf(fact) ?? []);
  for (const thing of things) flow.add(thing);
  for (const fact of facts) {
    if (fact.kind === "firewall") addFirewall(flow, fact, things);
    if (fact.kind === "agent-service" || fact.kind === "agent-vm") addReporting(flow, fact);
  }
  const backups = facts.filter(({ kind }) => kind === "backup");
  if (backups.length > 0) {
    const paths = new Map(resources.map(({ address, path }) => [address, path]));
    for (const backup of backups) addBackup(flow, backup, paths);
  }
  return flow.grouped();
}

/** Path of the construct without what it calls its own resource. */
export function scopeOf(path: string): string {
  return path.replace(/\/Resource$/, "").replace(/\/Firewall$/, "");
}

function nodeOf({ kind, path, address, spec }: ManifestFact): FlowNode | undefined {
  const id = scopeOf(path);
  const title = id.split("/").slice(1).join("/") || id;
  switch (kind) {
    case "load-balancer": {
      const { domain } = spec as Partial<LoadBalancerSpec>;
      return { id, column: "entry", kind: "load balancer", title, detail: domain ?? "load balancer" };
    }
    case "agent-service":
      return { id, column: "agents", kind: "agent service", title, detail: replicasText(spec) };
    case "agent-vm":
      return { id, column: "agents", kind: "agent VM", title, detail: `VM, ${String(spec.size)}` };
    case "postgres":
      return { id, column: "services", kind: "database", title, detail: `PostgreSQL ${String(spec.version)}, ${redundancyText(spec)}` };
    case "backup":
      return { id: backupId({ path, address, spec }), column: "copies", kind: "backup", title, detail: "backups" };
    default:
      return undefined;
  }
}

function replicasText({ replicas }: ManifestFact["spec"]): string {
  const { min, max } = (replicas ?? {}) as { min?: number; max?: number };
  if (max === undefined || min === undefined) return "service";
  if (max === 0) return "service, switched off";
  return min === max ? several(max, "replica") : `${count(min)} to ${several(max, "replica")}`;
}

function redundancyText({ standbys, zones }: ManifestFact["spec"]): string {
  if (typeof standbys === "number") return standbys === 0 ? "no standby" : several(standbys, "standby");
  return zones === 2 ? "two zones" : "one zone";
}

/** Nodes and edges, each once. */
class Flow {
  private readonly nodes = new Map<string, FlowNode>();
  private readonly edges = new Map<string, FlowEdge>();

  add(node: FlowNode): string {
    if (!this.nodes.has(node.id)) this.nodes.set(node.id, node);
    return node.id;
  }

  has(id: string): boolean {
    return this.nodes.has(id);
  }

  connect(edge: FlowEdge): void {
    if (edge.from !== edge.to) this.edges.set(`${edge.from}\n${edge.to}\n${edge.kind}\n${edge.label}`, edge);
  }

  /** Kinds that have too many members for a picture become one node each; edges that fall together become one with all labels. */
  grouped(): Topology {
    const members = new Map<string, FlowNode[]>();
    for (const node of this.nodes.values()) {
      const key = `${node.column} ${node.kind}`;
      const group = members.get(key);
      if (group === undefined) members.set(key, [node]);
      else group.push(node);
    }
    const groupOf = new Map<string, string>();
    const nodes = [...members].flatMap(([key, group]) => {
      if (group.length <= MOST_OF_A_KIND) return group;
      for (const { id } of group) groupOf.set(id, key);
      const { column, kind } = group[0] as FlowNode;
      return [{ id: key, column, kind, title: several(group.length, kind), detail: `${group[0]?.title}, ${group[1]?.title}, ...` }];
    });
    return { nodes, edges: this.merged(groupOf) };
  }

  private merged(groupOf: ReadonlyMap<string, string>): FlowEdge[] {
    const merged = new Map<string, FlowEdge & { labels: Set<string> }>();
    for (const edge of this.edges.values()) {
      const [from, to] = [groupOf.get(edge.from) ?? edge.from, groupOf.get(edge.to) ?? edge.to];
      const key = `${from}\n${to}\n${edge.kind}`;
      const found = merged.get(key) ?? { ...edge, from, to, labels: new Set() };
      found.labels.add(edge.label);
      merged.set(key, found);
    }
    return [...merged.values()]
      .filter(({ from, to }) => from !== to)
      .map(({ labels, ...edge }) => ({ ...edge, label: joined([...labels]) }));
  }
}

function joined(labels: readonly string[]): string {
  return labels.length <= 3 ? labels.join(", ") : `${labels.slice(0, 2).join(", ")} and ${labels.length - 2} more`;
}

function addFirewall(flow: Flow, { path, spec }: ManifestFact, things: readonly FlowNode[]): void {
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

function peerOf(flow: Flow, peer: PeerSpec, direction: "ingress" | "egress", things: readonly FlowNode[]): string {
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

function addReporting(flow: Flow, { path, spec }: ManifestFact): void {
  const { endpoint, heartbeatSeconds } = (spec.governance ?? {}) as { endpoint?: string; heartbeatSeconds?: number };
  if (endpoint === undefined) return;
  const title = endpoint.replace(/^https:\/\//, "");
  const to = flow.add({
    id: `governance ${endpoint}`,
    column: "services",
    kind: "governance endpoint",
    title,
    detail: "governance endpoint",
  });
  flow.connect({ from: scopeOf(path), to, kind: "report", label: `every ${heartbeatSeconds} s` });
}

/** Where backups are a setting of what is backed up, they still are another node. */
function backupId({ path, address, spec: { sources = [] } }: Pick<ManifestFact, "path" | "address" | "spec">): string {
  return (sources as readonly string[]).includes(address) ? `${scopeOf(path)} backups` : scopeOf(path);
}

function addBackup(flow: Flow, { path, address, spec }: ManifestFact, paths: ReadonlyMap<string, string>): void {
  const backup = backupId({ path, address, spec });
  const { sources = [], schedules = [] } = spec as { sources?: readonly string[]; schedules?: readonly BackupLike[] };
  const names = schedules.map(({ name }) => name).join(", ");
  for (const source of sources) {
    const scopes = ancestors(paths.get(source) ?? source);
    const known = scopes.find((scope) => flow.has(scope));
    const from = known ?? flow.add({ id: source, column: "services", kind: "backed-up data", title: source, detail: "backed-up data" });
    flow.connect({ from, to: backup, kind: "backup", label: names });
  }
  for (const region of new Set(schedules.flatMap(({ copies = [] }) => copies.map((copy) => copy.region)))) {
    const to = flow.add({
      id: `copy ${region}`,
      column: "copies",
      kind: "copy",
      title: `Copy in ${region}`,
      detail: "backups in another region",
    });
    flow.connect({ from: backup, to, kind: "backup", label: "copy" });
  }
}

interface BackupLike {
  readonly name: string;
  readonly copies?: readonly { readonly region: string }[];
}

/** A path and all that hold it, the innermost first. */
function ancestors(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
}
