import { allocate, type Share } from "../../cost/allocation";
import type { BudgetVerdict } from "../../cost/budget";
import type { Estimate } from "../../cost/estimate";
import { largestFirst } from "../../cost/money";
import { centsTextOf, costByAddress } from "../change";
import type { Manifest } from "../manifest";
import { count, MEASURES, money, several } from "../words";
import { badge } from "./headline";
import { html, type Html } from "./markup";

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

function budgetTable(budgets: readonly BudgetVerdict[]): Html | undefined {
  if (budgets.length === 0) return undefined;
  const rows = budgets.map(({ of, usd, capUsd, verdict, budget }) => {
    const held = usd === null ? "unknown" : money(usd);
    return html`<tr>
      <th scope="row">${of}</th>
      <td class="number">${held}</td>
      <td class="number">${money(capUsd)}</td>
      <td>${MEASURES[budget.measure]}</td>
      <td>${badge(verdict === "pass" ? "ok" : "bad", verdict === "pass" ? "within" : "not met")}</td>
    </tr>`;
  });
  return html`<div class="scroll" role="group" aria-label="Table of budgets" tabindex="0">
      <table>
        <caption>
          Budgets, USD a month
        </caption>
        <thead>
          <tr>
            <th scope="col">For</th>
            <th scope="col" class="number">Cost</th>
            <th scope="col" class="number">Cap</th>
            <th scope="col">What is held against the cap</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${budgets.map(budgetNotes)}`;
}

function budgetNotes({ of, problems, warnings, accepted, change }: BudgetVerdict): Html | undefined {
  const cheaper = change?.changes.map(({ change: text, addresses, loses }) => {
    const lost = loses === undefined ? "" : `, at the price of ${loses}`;
    return html`<li>${text} (${several(addresses.length, "place")})${lost}</li>`;
  });
  const notes = [
    problems.length > 0 &&
      html`<h4>Why the budget of ${of} is not met</h4>
        <ul>
          ${problems.map(({ text }) => html`<li>${text}</li>`)}
        </ul>`,
    cheaper !== undefined &&
      cheaper.length > 0 &&
      html`<h4>
          ${change?.fits ? "Cheapest change that fits" : "Even with these changes it does not fit"}: ${money(change?.usd ?? "0")} USD
        </h4>
        <ul>
          ${cheaper}
        </ul>`,
    warnings.length > 0 &&
      html`<h4>To know about the budget of ${of}</h4>
        <ul>
          ${warnings.map((text) => html`<li>${text}</li>`)}
        </ul>`,
    accepted.length > 0 &&
      html`<h4>Accepted without a price</h4>
        <ul>
          ${accepted.map(({ what, reason, expires }) => html`<li>${what} until ${expires}: ${reason}</li>`)}
        </ul>`,
  ];
  return html`${notes}`;
}

function totalsTable({ totals, gaps }: Estimate): Html {
  if (totals === null)
    return html`<p class="absent">Nothing could be priced: ${several(gaps.length, "thing")} without a price, listed below.</p>`;
  const credited = Number(totals.credit.high) > 0;
  const rows = [
    ["At list price", totals.gross, "total"],
    ["of it, from what is created", totals.fixed, "part"],
    ["of it, from use", totals.usage, "part"],
    ...(credited
      ? ([
          ["Named allowances", totals.credit, "part"],
          ["After allowances", totals.net, "total"],
        ] as const)
      : []),
  ] as const;
  return html`<div class="scroll" role="group" aria-label="Table of totals" tabindex="0">
    <table>
      <caption>
        Totals, USD a
        month${gaps.length > 0 && html` <span class="warn-text">without ${several(gaps.length, "thing")} that no price is known for</span>`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Total</th>
          <th scope="col" class="number">At least</th>
          <th scope="col" class="number">Expected</th>
          <th scope="col" class="number">At most</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, amounts, kind]) =>
            html`<tr class="${kind}">
              <th scope="row">${name}</th>
              <td class="number">${money(amounts.low)}</td>
              <td class="number">${money(amounts.expected)}</td>
              <td class="number">${money(amounts.high)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
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

/** A bar chart that is a table at the same time. */
function chart(title: string, shares: readonly Share[]): Html {
  const named = shares.filter(({ value }) => value !== null);
  const shared = shares.filter(({ value }) => value === null);
  const rest = named.slice(MOST_BARS);
  const cents = (list: readonly Share[]) => list.reduce((total, { usd }) => total + Math.round(Number(usd) * 100), 0);
  const rows = [
    ...named.slice(0, MOST_BARS).map(({ value, usd }) => ({ name: value as string, usd, kind: "own" })),
    ...(rest.length > 0 ? [{ name: `${count(rest.length)} more`, usd: (cents(rest) / 100).toFixed(2), kind: "own" }] : []),
    ...shared.map(({ usd }) => ({ name: "shared", usd, kind: "shared" })),
  ];
  const most = Math.max(0.01, ...rows.map(({ usd }) => Number(usd)));
  return html`<table class="bars">
    <caption>
      ${title}, expected USD a month
    </caption>
    <thead class="unseen">
      <tr>
        <th scope="col">${title}</th>
        <th scope="col">Chart</th>
        <th scope="col">USD a month</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ name, usd, kind }) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td class="bar">
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect class="bar-${kind}" width="${((Number(usd) / most) * 100).toFixed(2)}" height="10" rx="1" />
              </svg>
            </td>
            <td class="number">${money(usd)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
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
  const rows = [...shown].map(
    ([address, usd]) =>
      html`<tr>
        <th scope="row" class="code">${address}</th>
        <td>${(metersOf.get(address) ?? []).slice(0, 3).join("; ")}</td>
        <td class="number">${money(centsTextOf(usd))}</td>
      </tr>`,
  );
  return html`<details>
    <summary>What costs most</summary>
    <div class="scroll" role="group" aria-label="Table of the dearest resources" tabindex="0">
      <table>
        <caption>
          The ${count(shown.size)} dearest of ${several(sums.length, "resource")} that cost something, expected USD a month
        </caption>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            <th scope="col">For</th>
            <th scope="col" class="number">USD</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** One entry for all resources of a type with the same gap. */
function gapList({ gaps }: Estimate): Html | undefined {
  if (gaps.length === 0) return undefined;
  const groups = new Map<string, { reason: string; type: string; detail: string; addresses: string[] }>();
  for (const { reason, type, detail, address } of gaps) {
    const key = `${reason}\n${type}\n${detail}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { reason, type, detail, addresses: [address] });
    else group.addresses.push(address);
  }
  return html`<h4>Not in the totals</h4>
    <ul>
      ${[...groups.values()]
        .slice(0, 50)
        .map(
          ({ reason, type, detail, addresses }) =>
            html`<li>
              <span class="code">${addresses.length === 1 ? addresses[0] : `${count(addresses.length)} x ${type}`}</span> (${reason}):
              ${detail}
            </li>`,
        )}${groups.size > 50 && html`<li>and ${count(groups.size - 50)} more kinds; the manifest has them all</li>`}
    </ul>`;
}

function basis({ asOf, books, priceDates, usage, notCovered }: Estimate): Html {
  const dates =
    priceDates === undefined
      ? "No price was used."
      : `Prices are of ${priceDates.oldest === priceDates.newest ? priceDates.newest : `${priceDates.oldest} to ${priceDates.newest}`}.`;
  const quantities = Object.entries(usage.quantities).map(
    ([key, range]) =>
      html`<tr>
        <th scope="row">${key}</th>
        ${(["low", "expected", "high"] as const).map((bound) => html`<td class="number">${range?.[bound] ?? "no bound"}</td>`)}
      </tr>`,
  );
  return html`<details>
      <summary>What the numbers rest on</summary>
      <p>
        Estimate for ${asOf}. ${dates} Price books:
        ${books.map(({ provider, bookVersion, asOf: day }) => `${provider} ${bookVersion} of ${day}`).join(", ") || "none"}. Use: profile
        ${usage.name}, version ${usage.version}.
      </p>
      ${
        quantities.length > 0 &&
        html`<div class="scroll" role="group" aria-label="Table of assumptions on use" tabindex="0">
          <table>
            <caption>
              Assumptions on use, for each resource and month
            </caption>
            <thead>
              <tr>
                <th scope="col">Quantity</th>
                <th scope="col" class="number">Low</th>
                <th scope="col" class="number">Expected</th>
                <th scope="col" class="number">High</th>
              </tr>
            </thead>
            <tbody>
              ${quantities}
            </tbody>
          </table>
        </div>`
      }
    </details>
    ${
      notCovered.length > 0 &&
      html`<h4>What the estimate does not cover</h4>
        <ul>
          ${notCovered.map((text) => html`<li>${text}</li>`)}
        </ul>`
    }`;
}
