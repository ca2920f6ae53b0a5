import { allocate, type Share } from "../../cost/allocation";
import type { Estimate } from "../../cost/estimate";
import { BOUNDS, type Amounts, type Gap } from "../../cost/line";
import { centsOf, centsText, largestFirst, parseUsd } from "../../cost/money";
import type { Totals } from "../../cost/totals";
import type { UsageProfile } from "../../cost/usage";
import { centsTextOf, costByAddress } from "../change";
import type { Manifest } from "../manifest";
import { count, isUnpriced, money, several } from "../words";
import { budgetTable } from "./budgets";
import { html, type Html } from "./markup";
import { list, table } from "./table";

/** What a month costs, by whom and for what, against which caps, and what the numbers rest on. */
export function costSection(manifest: Manifest, id: string): Html {
  const { cost, budgets = [] } = manifest;
  const body =
    cost === undefined
      ? html`<p class="absent">Cost was not estimated for this stack: what it costs is not known here, and no cap is promised.</p>`
      : html`${totalsTable(cost)}${charts(cost)}${dearest(manifest)}${gapList(cost)}${basis(cost)}`;
  return html`<section aria-labelledby="${id}-cost">
    <h3 id="${id}-cost">Cost</h3>
    ${budgetTable(budgets)}${body}
  </section>`;
}

function totalsTable({ totals, gaps }: Estimate): Html {
  if (totals === null) {
    return html`<p class="absent">Nothing could be priced: ${several(gaps.length, "thing")} without a price, listed below.</p>`;
  }
  const unpriced = gaps.filter(isUnpriced).length;
  const missing = unpriced > 0 && html` <span class="warn-text">without ${several(unpriced, "thing")} that no price is known for</span>`;
  const rows = totalRows(totals).map(([name, { low, expected, high }, kind]) => {
    const cells = [low, expected, high].map((usd) => html`<td class="number">${money(usd)}</td>`);
    return html`<tr class="${kind}">
      <th scope="row">${name}</th>
      ${cells}
    </tr>`;
  });
  return table({
    label: "Table of totals",
    caption: html`Totals, USD a month${missing}`,
    heads: ["Total", "#At least", "#Expected", "#At most"],
    rows,
  });
}

function totalRows({ gross, fixed, usage, credit, net }: Totals): readonly (readonly [name: string, amounts: Amounts, kind: string])[] {
  const list = [
    ["At list price", gross, "total"],
    ["of it, from what is created", fixed, "part"],
    ["of it, from use", usage, "part"],
  ] as const;
  if (Number(credit.high) === 0) return list;
  return [...list, ["Named allowances", credit, "part"], ["After allowances", net, "total"]];
}

const MOST_BARS = 12;

function charts({ lines, totals }: Estimate): Html | undefined {
  if (totals === null || lines.length === 0) return undefined;
  const shares = allocate(lines, "expected");
  return html`<div class="charts">${chart("By owner", shares.owner)}${chart("By agent", shares.agentId)}</div>
    <details>
      <summary>By project, environment, cost center and layer</summary>
      <div class="charts">
        ${chart("By project", shares.project)}${chart("By environment", shares.environment)}${chart("By cost center", shares.costCenter)}${chart("By layer", shares.layer)}
      </div>
    </details>`;
}

/** A bar chart that is a table at the same time. Bars compare the single ones; what is many together, or shared, has only its number. */
function chart(title: string, shares: readonly Share[]): Html {
  const named = shares.filter(({ value }) => value !== null);
  const rest = named.slice(MOST_BARS);
  const most = Math.max(0.01, ...named.map(({ usd }) => Number(usd)));
  const single = named.slice(0, MOST_BARS).map(({ value, usd }) => barRow(value ?? "", usd, (Number(usd) / most) * 100));
  const more =
    rest.length > 0 && barRow(`${count(rest.length)} more`, centsText(rest.reduce((total, { usd }) => total + centsOf(parseUsd(usd)), 0n)));
  const shared = shares.flatMap(({ value, usd }) => (value === null ? barRow("shared or without", usd) : []));
  const head = html`<caption>
      ${title}, expected USD a month
    </caption>
    <thead class="unseen">
      <tr>
        <th scope="col">${title}</th>
        <th scope="col">Bar</th>
        <th scope="col">USD a month</th>
      </tr>
    </thead>`;
  return html`<table class="bars">
    ${head}
    <tbody>
      ${single}${more}${shared}
    </tbody>
  </table>`;
}

function barRow(name: string, usd: string, width?: number): Html {
  const rect = width !== undefined && html`<rect class="bar-own" width="${width.toFixed(2)}" height="10" rx="1" />`;
  const bar = width !== undefined && html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${rect}</svg>`;
  return html`<tr>
    <th scope="row" class="${width === undefined && "quiet"}">${name}</th>
    <td class="bar">${bar}</td>
    <td class="number">${money(usd)}</td>
  </tr>`;
}

const MOST_LINES = 10;

function dearest(manifest: Manifest): Html | undefined {
  const sums = [...costByAddress(manifest)].filter(([, usd]) => usd > 0n).sort(([, one], [, other]) => largestFirst(one, other));
  if (sums.length === 0) return undefined;
  const shown = new Map(sums.slice(0, MOST_LINES));
  const metersOf = new Map<string, string[]>();
  for (const { address, meter, basis: how } of manifest.cost?.lines ?? []) {
    if (shown.has(address)) metersOf.set(address, [...(metersOf.get(address) ?? []), `${meter}: ${how}`]);
  }
  const rows = [...shown].map(([address, usd]) => {
    const meters = (metersOf.get(address) ?? []).slice(0, 3).join("; ");
    const number = html`<td class="number">${money(centsTextOf(usd))}</td>`;
    return html`<tr>
      <th scope="row" class="code">${address}</th>
      <td>${meters}</td>
      ${number}
    </tr>`;
  });
  const caption = `The ${count(shown.size)} dearest of ${several(sums.length, "resource")} that cost something, expected USD a month`;
  const heads = ["Resource", "For", "#USD"];
  return html`<details>
    <summary>What costs most</summary>
    ${table({ label: "Table of the dearest resources", caption, heads, rows })}
  </details>`;
}

/** What has no price, and what has one that is too old to rely on; one entry for all resources with the same gap. */
function gapList({ gaps }: Estimate): Html {
  const unpriced = gaps.filter(isUnpriced);
  const stale = gaps.filter((gap) => !isUnpriced(gap));
  return html`${list("Not in the totals: no price is known", grouped(unpriced))}${list("In the totals, at prices too old to rely on", grouped(stale))}`;
}

function grouped(gaps: readonly Gap[]): Html[] {
  const groups = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const key = `${gap.reason}\n${gap.detail}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [gap]);
    else group.push(gap);
  }
  return [...groups.values()].map((group) => {
    const [{ address, detail }] = group as [Gap, ...Gap[]];
    const more = group.length > 1 && ` and ${count(group.length - 1)} more`;
    return html`<span class="code">${address}</span>${more}: ${detail}`;
  });
}

function basis({ asOf, books, priceDates, usage, notCovered }: Estimate): Html {
  const { oldest, newest } = priceDates ?? {};
  const dates = newest === undefined ? "No price was used." : `Prices are of ${oldest === newest ? newest : `${oldest} to ${newest}`}.`;
  const from = books.map(({ provider, bookVersion, asOf: day }) => `${provider} ${bookVersion} of ${day}`).join(", ") || "none";
  const text = `Estimate for ${asOf}. ${dates} Price books: ${from}. Use: profile ${usage.name}, version ${usage.version}.`;
  return html`<details>
      <summary>What the numbers rest on</summary>
      <p>${text}</p>
      ${usageTable(usage)}
    </details>
    ${list("What the estimate does not cover", notCovered)}`;
}

function usageTable({ quantities }: UsageProfile): Html | undefined {
  const rows = Object.entries(quantities).map(([key, range]) => {
    const cells = BOUNDS.map((bound) => html`<td class="number">${range?.[bound] ?? "no bound"}</td>`);
    return html`<tr>
      <th scope="row">${key}</th>
      ${cells}
    </tr>`;
  });
  if (rows.length === 0) return undefined;
  const heads = ["Quantity", "#Low", "#Expected", "#High"];
  return table({ label: "Table of assumptions on use", caption: "Assumptions on use, for each resource and month", heads, rows });
}
