import { several } from "../words";

/** Where something stands in the flow of data, from clients on the left to copies of backups on the right. */
export type Column = "clients" | "filters" | "gates" | "entry" | "agents" | "services" | "copies";

export const COLUMNS = ["clients", "filters", "gates", "entry", "agents", "services", "copies"] as const satisfies readonly Column[];

/** One thing that data flows from or to, or several of one kind. */
export interface FlowNode {
  readonly id: string;
  readonly column: Column;
  /** What it is, in words: also what is counted when there are many. */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
}

/** A way that data may take. `open`: nothing stops it there; `use`: an attachment; `report`: heartbeats; `backup`: copies of data. */
export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: "open" | "use" | "report" | "backup";
  readonly label: string;
}

/** Who may connect to whom, who reports to whom, and what is copied where. */
export interface Topology {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

/** Everybody, as those who come in. */
export const WORLD_IN: FlowNode = { id: "internet", column: "clients", kind: "internet", title: "Internet", detail: "clients" };
/** Everybody, as those who are asked. */
export const WORLD_OUT: FlowNode = {
  id: "internet out",
  column: "services",
  kind: "internet",
  title: "Internet",
  detail: "APIs and software",
};

/** More of one kind in one column become one node. */
const MOST_OF_A_KIND = 8;

/** Path of the construct without what it calls its own resource, firewall or workflow. */
export function scopeOf(path: string): string {
  return path.replace(/\/Resource$/, "").replace(/\/(Firewall|Workflow)$/, "");
}

/** Nodes and edges, each once. */
export class Flow {
  private readonly nodes = new Map<string, FlowNode>();
  private readonly edges = new Map<string, FlowEdge>();
  private readonly ways = new Set<string>();

  add(node: FlowNode): string {
    if (!this.nodes.has(node.id)) this.nodes.set(node.id, node);
    return node.id;
  }

  /** Whether there is a way from one to the other already. */
  connects(from: string, to: string): boolean {
    return this.ways.has(`${from}\n${to}`);
  }

  has(id: string): boolean {
    return this.nodes.has(id);
  }

  connect(edge: FlowEdge): void {
    if (edge.from === edge.to) return;
    this.edges.set(`${edge.from}\n${edge.to}\n${edge.kind}\n${edge.label}`, edge);
    this.ways.add(`${edge.from}\n${edge.to}`);
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
