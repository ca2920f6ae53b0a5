import type { NetworkSpec } from "../spec/network";
import type { Manifest } from "./manifest";
import { COLUMNS, scopeOf, type FlowEdge } from "./topology/flow";
import { topologyOf } from "./topology/topology";

const ARROWS: Record<FlowEdge["kind"], string> = { open: "-->", use: "---", report: "-.->", backup: "==>" };

/** Networks and the flow of data of all stacks as Mermaid flowchart: the same manifests always give the same text. */
export function mermaidDiagram(manifests: readonly Manifest[]): string {
  const lines = manifests.flatMap((manifest, index) => [
    `  subgraph s${index}[${text(manifest.stack)}]`,
    ...[...flowLines(manifest, `s${index}`), ...networkLines(manifest, `s${index}`)].map((line) => `    ${line}`),
    "  end",
  ]);
  return `${["flowchart LR", ...lines].join("\n")}\n`;
}

function flowLines(manifest: Manifest, prefix: string): string[] {
  const { nodes, edges } = topologyOf(manifest);
  const ordered = COLUMNS.flatMap((column) => nodes.filter((node) => node.column === column));
  const ids = new Map(ordered.map(({ id }, index) => [id, `${prefix}n${index}`]));
  return [
    ...(ordered.length === 0 ? [`${prefix}none[${text("nothing that data flows through")}]`] : []),
    ...ordered.map(({ id, title, detail }) => `${ids.get(id)}[${text(title, detail)}]`),
    ...edges.map(({ from, to, kind, label }) => `${ids.get(from)} ${ARROWS[kind]}|${text(label)}| ${ids.get(to)}`),
  ];
}

function networkLines({ facts }: Manifest, prefix: string): string[] {
  return facts
    .filter(({ kind }) => kind === "network")
    .flatMap(({ path, spec }, index) => {
      const { cidr = "", egress = "", subnets = [] } = spec as Partial<NetworkSpec>;
      const id = `${prefix}net${index}`;
      const zones = [...new Set(subnets.map(({ zone }) => zone))];
      const boxes = zones.flatMap((zone, at) => [
        `  subgraph ${id}z${at}[${text(zone ?? ALL_ZONES)}]`,
        ...subnets.flatMap((subnet, slot) => (subnet.zone === zone ? [`    ${id}z${at}t${slot}[${text(subnet.tier, subnet.cidr)}]`] : [])),
        "  end",
      ]);
      return [`subgraph ${id}[${text(`${scopeOf(path)} ${cidr}, egress ${egress}`)}]`, ...boxes, "end"];
    });
}

/** Where subnets span the zones of their region. */
const ALL_ZONES = "all zones";

const ENTITIES: Readonly<Record<string, string>> = { "#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "#96;" };

/** Quoted text of one or more lines in which nothing is markup. */
function text(...lines: readonly string[]): string {
  const inner = lines.map((line) => line.replace(/[#"<>&`]/g, (sign) => ENTITIES[sign] as string).replace(/\s+/g, " "));
  return `"${inner.join("<br/>")}"`;
}
