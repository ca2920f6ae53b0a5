import { COLUMNS, type FlowEdge, type FlowNode, type Topology } from "../topology/flow";

export interface PlacedNode extends FlowNode {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface PlacedEdge extends FlowEdge {
  /** Path data of the line. */
  readonly path: string;
  /** Where its label starts. */
  readonly labelAt: { readonly x: number; readonly y: number };
}

export interface FlowLayout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

export const NODE_WIDTH = 150;
const GAP_X = 66;
const GAP_Y = 22;
const LEAST_HEIGHT = 52;
/** Room for one line with its label at the side of a node. */
const PORT = 18;
const MARGIN = 8;
/** Room for lines that go back or stay in their column. */
const LOOP = 56;

/** Room for the label of a line. */
export const LABEL_WIDTH = GAP_X - 4;

/** Places nodes in columns and draws lines between their sides; the same topology always gives the same picture. */
export function layoutFlow({ nodes, edges }: Topology): FlowLayout {
  const columns = COLUMNS.map((column) => nodes.filter((node) => node.column === column)).filter((column) => column.length > 0);
  const placed = place(ordered(columns, edges), edges);
  const byId = new Map(placed.map((node) => [node.id, node]));
  const leaving = ports(edges, byId, "from");
  const arriving = ports(edges, byId, "to");
  return {
    nodes: placed,
    edges: edges.map((edge) => line(edge, byId, leaving.get(edge) ?? 0, arriving.get(edge) ?? 0)),
    width: 2 * MARGIN + columns.length * NODE_WIDTH + Math.max(0, columns.length - 1) * GAP_X + (hasLoop(edges, byId) ? LOOP : 0),
    height: Math.max(LEAST_HEIGHT, ...placed.map((node) => node.y + node.height)) + MARGIN,
  };
}

function hasLoop(edges: readonly FlowEdge[], byId: ReadonlyMap<string, PlacedNode>): boolean {
  return edges.some(({ from, to }) => (byId.get(to)?.x ?? 0) <= (byId.get(from)?.x ?? 0));
}

/** Each node at the height of what leads to it, so that fewer lines cross. */
function ordered(columns: readonly (readonly FlowNode[])[], edges: readonly FlowEdge[]): readonly (readonly FlowNode[])[] {
  const rank = new Map<string, number>();
  return columns.map((column) => {
    const weight = (node: FlowNode) => {
      const before = edges.flatMap((edge) => (edge.to === node.id && rank.has(edge.from) ? [rank.get(edge.from) as number] : []));
      return before.length === 0 ? Infinity : before.reduce((total, one) => total + one, 0) / before.length;
    };
    const weights = new Map(column.map((node) => [node, weight(node)]));
    const sorted = [...column].sort((one, other) => compare(weights.get(one), weights.get(other)) || compare(one.title, other.title));
    sorted.forEach((node, index) => rank.set(node.id, (index + 0.5) / sorted.length));
    return sorted;
  });
}

function compare<T extends number | string>(one: T | undefined, other: T | undefined): number {
  if (one === other || one === undefined || other === undefined) return 0;
  return one < other ? -1 : 1;
}

function place(columns: readonly (readonly FlowNode[])[], edges: readonly FlowEdge[]): PlacedNode[] {
  const heightOf = ({ id }: FlowNode) => {
    const lines = Math.max(edges.filter(({ from }) => from === id).length, edges.filter(({ to }) => to === id).length);
    return Math.max(LEAST_HEIGHT, PORT * (lines + 1));
  };
  const heights = columns.map((column) => column.reduce((total, node) => total + heightOf(node) + GAP_Y, -GAP_Y));
  const tallest = Math.max(0, ...heights);
  return columns.flatMap((column, at) => {
    let y = MARGIN + (tallest - (heights[at] as number)) / 2;
    return column.map((node) => {
      const height = heightOf(node);
      const found = { ...node, x: MARGIN + at * (NODE_WIDTH + GAP_X), y, height };
      y += height + GAP_Y;
      return found;
    });
  });
}

/** Where each line meets its node: spread over the side in the order of what is at the other end. */
function ports(edges: readonly FlowEdge[], byId: ReadonlyMap<string, PlacedNode>, end: "from" | "to"): Map<FlowEdge, number> {
  const other = end === "from" ? "to" : "from";
  const heightAt = new Map<FlowEdge, number>();
  for (const node of byId.values()) {
    const own = edges.filter((edge) => edge[end] === node.id);
    const middle = (edge: FlowEdge) => (byId.get(edge[other])?.y ?? 0) + (byId.get(edge[other])?.height ?? 0) / 2;
    own.sort((one, two) => middle(one) - middle(two));
    own.forEach((edge, index) => heightAt.set(edge, node.y + (node.height * (index + 1)) / (own.length + 1)));
  }
  return heightAt;
}

function line(edge: FlowEdge, byId: ReadonlyMap<string, PlacedNode>, fromY: number, toY: number): PlacedEdge {
  const [from, to] = [byId.get(edge.from) as PlacedNode, byId.get(edge.to) as PlacedNode];
  const start = from.x + NODE_WIDTH;
  const labelAt = { x: start + 5, y: fromY - 5 };
  if (to.x > from.x) {
    const bend = Math.min(90, (to.x - start) / 2);
    return { ...edge, labelAt, path: `M${start} ${fromY} C${start + bend} ${fromY} ${to.x - bend} ${toY} ${to.x - 2} ${toY}` };
  }
  const back = to.x + NODE_WIDTH;
  return { ...edge, labelAt, path: `M${start} ${fromY} C${start + 60} ${fromY} ${back + 60} ${toY} ${back + 2} ${toY}` };
}
