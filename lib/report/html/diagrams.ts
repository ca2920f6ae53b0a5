import { TIERS, workloadTier, type NetworkSpec, type Tier } from "../../spec/network";
import type { Manifest, ManifestFact } from "../manifest";
import { scopeOf, type FlowEdge, type Topology } from "../topology/flow";
import { topologyOf } from "../topology/topology";
import { several } from "../words";
import { LABEL_WIDTH, layoutFlow, NODE_WIDTH } from "./flow-layout";
import { html, type Html } from "./markup";
import { fittedText, picture } from "./svg";

/** The flow of data and the networks of a stack, as pictures and as text. */
export function diagramsSection(manifest: Manifest, id: string): Html {
  const networks = manifest.facts.filter(({ kind }) => kind === "network");
  return html`<section aria-labelledby="${id}-flow">
    <h3 id="${id}-flow">Data flow and network</h3>
    ${flowPart(topologyOf(manifest), id)} ${networksPart(networks, manifest, id)}
  </section>`;
}

const EDGE_WORDS: Record<FlowEdge["kind"], string> = {
  open: "may connect on port",
  use: "uses, as",
  report: "sends heartbeats",
  backup: "is copied",
};

function flowPart(topology: Topology, id: string): Html {
  if (topology.nodes.length === 0) return html`<p class="absent">Nothing that data flows through was found in this stack.</p>`;
  const { nodes, edges, width, height } = layoutFlow(topology);
  const titles = new Map(nodes.map((node) => [node.id, node.title]));
  const lines = edges.map(
    (edge) =>
      html`<path class="edge edge-${edge.kind}" d="${edge.path}" marker-end="url(#${id}-arrow)" />
        ${fittedText({ ...edge.labelAt, width: LABEL_WIDTH, kind: "label" }, edge.label)}`,
  );
  const boxes = nodes.map((node) => {
    const middle = node.y + node.height / 2;
    return html`<rect class="node node-${node.column}" x="${node.x}" y="${node.y}" width="${NODE_WIDTH}" height="${node.height}" rx="8" />
      ${fittedText({ x: node.x + 12, y: middle - 3, width: NODE_WIDTH - 20, kind: "title" }, node.title)}
      ${fittedText({ x: node.x + 12, y: middle + 14, width: NODE_WIDTH - 20, kind: "detail" }, node.detail)}`;
  });
  const label = `Data flow: ${several(nodes.length, "place")}, ${several(edges.length, "way")}; the same is in the list below`;
  return html`<p class="legend">
      <span class="key key-open"></span> let through, with port <span class="key key-use"></span> used, with its name there
      <span class="key key-report"></span> heartbeats <span class="key key-backup"></span> backups
    </p>
    ${picture({ id: `${id}-flow-picture`, width, height, label }, [arrow(id), ...lines, ...boxes])}
    <details>
      <summary>The same as a list</summary>
      <ul>
        ${edges.map(
          (edge) =>
            html`<li>
              ${titles.get(edge.from)} ${EDGE_WORDS[edge.kind]} ${edge.kind === "backup" ? `(${edge.label})` : edge.label} →
              ${titles.get(edge.to)}
            </li>`,
        )}
      </ul>
    </details>`;
}

function arrow(id: string): Html {
  return html`<defs
    ><marker
      id="${id}-arrow"
      viewBox="0 0 8 8"
      refX="7"
      refY="4"
      markerUnits="userSpaceOnUse"
      markerWidth="9"
      markerHeight="9"
      orient="auto"
      ><path class="arrow" d="M0 0 L8 4 L0 8 z" /></marker
  ></defs>`;
}

/** More networks than this are named, not drawn. */
const MOST_DRAWN = 12;

function networksPart(networks: readonly ManifestFact[], manifest: Manifest, id: string): Html {
  if (networks.length === 0) return html`<p class="absent">This stack has no network of its own.</p>`;
  const agents = networks.length === 1 ? manifest.agents.length : undefined;
  const more = networks.length - MOST_DRAWN;
  return html`${networks.slice(0, MOST_DRAWN).map((network, index) => networkPicture(network, `${id}-network-${index}`, agents))}
  ${more > 0 && html`<p>And ${several(more, "more network")}; the manifest has them all.</p>`}`;
}

const CELL = { width: 176, height: 50, gap: 10 };
const SIDE = 196;
const HEAD = 66;

const TIER_WORDS: Record<Tier, string> = {
  public: "open to the internet",
  private: "reaches out through a NAT",
  isolated: "no way to the internet",
};

/** Where subnets span the zones of their region. */
const ALL_ZONES = "all zones";

function networkPicture({ path, spec }: ManifestFact, id: string, agents: number | undefined): Html {
  const {
    cidr = "",
    egress = "none",
    subnets = [],
    tiers = [],
    zones = subnets.length > 0 ? [ALL_ZONES] : [],
  } = spec as Partial<NetworkSpec>;
  const rows = TIERS.filter((tier) => tiers.includes(tier));
  const width = SIDE + Math.max(1, zones.length) * (CELL.width + CELL.gap) + 16;
  const height = HEAD + rows.length * (CELL.height + CELL.gap) + 8;
  const workloads = tiers.length > 0 ? workloadTier({ tiers, egress }) : undefined;
  const x = (zone: number) => SIDE + zone * (CELL.width + CELL.gap);
  const y = (row: number) => HEAD + row * (CELL.height + CELL.gap);
  const heads = zones.map((zone, at) => fittedText({ x: x(at) + 12, y: HEAD - 12, width: CELL.width, kind: "detail" }, zone));
  const sides = rows.map((tier, row) => {
    const here =
      tier === workloads && agents !== undefined && agents > 0
        ? `${several(agents, "agent")} run${agents === 1 ? "s" : ""} here`
        : TIER_WORDS[tier];
    return [
      fittedText({ x: 16, y: y(row) + 22, width: SIDE - 24, kind: "title" }, tier),
      fittedText({ x: 16, y: y(row) + 39, width: SIDE - 20, kind: "detail" }, here),
    ];
  });
  const cells = subnets.map((subnet) => {
    const at = { x: x(zones.indexOf(subnet.zone ?? ALL_ZONES)), y: y(rows.indexOf(subnet.tier)) };
    return html`<rect class="subnet subnet-${subnet.tier}" x="${at.x}" y="${at.y}" width="${CELL.width}" height="${CELL.height}" rx="6" />
      ${fittedText({ x: at.x + 12, y: at.y + 30, width: CELL.width - 20, kind: "detail" }, subnet.cidr)}`;
  });
  const title = `${scopeOf(path).split("/").slice(1).join("/")}, ${cidr}, egress ${egress}`;
  const parts = subnets.map((one) => `${one.tier} ${one.zone ?? ALL_ZONES} ${one.cidr}`).join("; ");
  const label = subnets.length === 0 ? `Network ${title}` : `Network ${title}: ${several(subnets.length, "subnet")}: ${parts}`;
  const frame = html`<rect class="frame" x="1" y="1" width="${width - 2}" height="${height - 2}" rx="10" />`;
  const head = fittedText({ x: 16, y: 27, width: width - 32, kind: "title" }, title);
  return picture({ id, width, height, label }, [frame, head, ...heads, ...sides.flat(), ...cells]);
}
