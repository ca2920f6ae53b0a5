import type { LabelStatus, Manifest } from "../manifest";
import { centsTextOf, costByAddress } from "../change";
import { scopeOf } from "../topology/flow";
import { count, isUnpriced, money, several } from "../words";
import { embeddedJson, html, type Html } from "./markup";

/** Rows that are in the page itself, for readers without a script, and on each page of the table. */
export const PAGE_ROWS = 50;

const STATUS_WORDS: Record<LabelStatus, string> = {
  labelled: "labelled",
  untaggable: "cannot carry labels",
  conflict: "conflict",
  ungoverned: "not governed",
};
const STATUSES = Object.keys(STATUS_WORDS) as LabelStatus[];

/** One resource as the page carries it: stack, address, path below the stack, agent, label status, cost; numbers stand for texts of a list. */
type Row = readonly [stack: number, address: string, path: string, agent: number, status: number, usd: string];

interface Table {
  readonly stacks: readonly string[];
  readonly agents: readonly string[];
  readonly statuses: readonly string[];
  readonly pageRows: number;
  readonly rows: readonly Row[];
}

const COLUMNS = ["Stack", "Address", "Construct", "Agent", "Labels", "USD a month"] as const;

/** All resources of all stacks in one table that filters and sorts; the page holds them as data and shows a page of them at a time. */
export function resourcesSection(manifests: readonly Manifest[]): Html {
  const data = tableOf(manifests);
  const total = data.rows.length;
  if (total === 0)
    return html`<section aria-labelledby="resources">
      <h2 id="resources">Resources</h2>
      <p>There are none.</p>
    </section>`;
  const unpriced = html`<p class="absent">Cost was not estimated, so the last column is empty.</p>`;
  const without = `Without a script the first ${count(Math.min(total, PAGE_ROWS))} of ${several(total, "resource")} are shown; the manifest has them all.`;
  return html`<section aria-labelledby="resources">
    <h2 id="resources">Resources</h2>
    ${manifests.every(({ cost }) => cost === undefined) && unpriced}${controls(data)}
    <noscript><p>${without}</p></noscript>
    <p id="shown" role="status">${several(total, "resource")}</p>
    ${rowsTable(data)}
    <nav class="pages" id="pages" aria-label="Pages of the table of resources" hidden>${PAGE_BUTTONS}</nav>
    ${embeddedJson("resource-data", data)}
  </section>`;
}

const PAGE_BUTTONS = html`<button type="button" id="earlier">Earlier</button> <span id="page"></span>
  <button type="button" id="later">Later</button>`;

function controls({ stacks, statuses }: Table): Html {
  const options = (texts: readonly string[]) => texts.map((text, index) => html`<option value="${index}">${text}</option>`);
  const filter = html`<input type="search" id="filter" autocomplete="off" spellcheck="false" placeholder="address, construct or agent" />`;
  const stack = html`<select id="stack">
    <option value="">all</option>
    ${options(stacks)}
  </select>`;
  const status = html`<select id="status">
    <option value="">all</option>
    ${options(statuses)}
  </select>`;
  const labels = [["Filter", filter] as const, ["Stack", stack] as const, ["Labels", status] as const];
  return html`<form class="controls" id="controls" hidden>
    ${labels.map(([name, control]) => html`<label>${name} ${control}</label>`)}
  </form>`;
}

function rowsTable(data: Table): Html {
  const heads = COLUMNS.map((name, index) => {
    const button = html`<button type="button" class="sort" data-column="${index}">${name}</button>`;
    return html`<th scope="col" class="${index === COLUMNS.length - 1 && "number"}">${button}</th>`;
  });
  const rows = data.rows.slice(0, PAGE_ROWS).map((row) => rowOf(row, data));
  const inner = html`<table class="resources">
    <thead>
      <tr>
        ${heads}
      </tr>
    </thead>
    <tbody id="rows">
      ${rows}
    </tbody>
  </table>`;
  return html`<div class="scroll" role="group" aria-label="Table of resources" tabindex="0">${inner}</div>`;
}

function rowOf([stack, address, path, agent, status, usd]: Row, { stacks, agents, statuses }: Table): Html {
  return html`<tr>
    <td>${stacks[stack]}</td>
    <td class="code">${address}</td>
    <td>${path}</td>
    <td>${agents[agent]}</td>
    <td>${statuses[status]}</td>
    <td class="number">${usd}</td>
  </tr>`;
}

function tableOf(manifests: readonly Manifest[]): Table {
  const agents = new Map<string, number>([["", 0]]);
  const rows = manifests.flatMap((manifest, stack) => {
    const agentOf = agentFinder(manifest);
    const costOf = costFinder(manifest);
    return manifest.resources.map(({ address, path, labelStatus }): Row => {
      const agent = agentOf(address, path);
      if (!agents.has(agent)) agents.set(agent, agents.size);
      const below = path.startsWith(`${manifest.stack}/`) ? path.slice(manifest.stack.length + 1) : path;
      return [stack, address, below, agents.get(agent) as number, STATUSES.indexOf(labelStatus), costOf(address)];
    });
  });
  return {
    stacks: manifests.map(({ stack }) => stack),
    agents: [...agents.keys()],
    statuses: STATUSES.map((status) => STATUS_WORDS[status]),
    pageRows: PAGE_ROWS,
    rows,
  };
}

/** The agent that a resource belongs to: as its labels say where they are known, or else the one in whose construct it is. */
function agentFinder({ agents, cost }: Manifest): (address: string, path: string) => string {
  const labelled = new Map(cost?.lines.map(({ address, labels }) => [address, labels.agentId ?? ""]));
  const scopes = new Map(agents.map(({ path, agentId }) => [scopeOf(path), agentId]));
  return (address, path) => {
    const known = labelled.get(address);
    if (known !== undefined && known !== "") return known;
    for (let scope = path; scope !== ""; scope = scope.slice(0, Math.max(0, scope.lastIndexOf("/")))) {
      const agent = scopes.get(scope);
      if (agent !== undefined) return agent;
    }
    return "";
  };
}

/** What a resource costs in words: an amount, `free`, or `no price`; empty where nothing was estimated. */
function costFinder({ cost }: Manifest): (address: string) => string {
  if (cost === undefined) return () => "";
  const sums = costByAddress({ cost });
  const gaps = new Set(cost.gaps.filter(isUnpriced).map(({ address }) => address));
  return (address) => {
    const usd = sums.get(address);
    if (gaps.has(address)) return usd === undefined ? "no price" : `${money(centsTextOf(usd))} and more`;
    return usd === undefined ? "free" : money(centsTextOf(usd));
  };
}
