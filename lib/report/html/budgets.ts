import type { BudgetVerdict } from "../../cost/budget";
import { MEASURES, money, several } from "../words";
import { badge } from "./headline";
import { html, type Html } from "./markup";
import { list, table } from "./table";

/** Every budget with its cap, and why those that are not met are not. */
export function budgetTable(budgets: readonly BudgetVerdict[]): Html | undefined {
  if (budgets.length === 0) return undefined;
  const rows = budgets.map(({ of, usd, capUsd, verdict, budget }) => {
    const amounts = [usd === null ? "unknown" : money(usd), money(capUsd)].map((text) => html`<td class="number">${text}</td>`);
    const mark = verdict === "pass" ? badge("ok", "within") : badge("bad", "not met");
    return html`<tr>
      <th scope="row">${of}</th>
      ${amounts}
      <td>${MEASURES[budget.measure]}</td>
      <td>${mark}</td>
    </tr>`;
  });
  const heads = ["For", "#Cost", "#Cap", "What is held against the cap", "Verdict"];
  return html`${table({ label: "Table of budgets", caption: "Budgets, USD a month", heads, rows })}${budgets.map(notes)}`;
}

function notes({ of, problems, warnings, accepted, change }: BudgetVerdict): Html {
  const cheaper = (change?.changes ?? []).map(({ change: text, addresses, loses }) => {
    const lost = loses === undefined ? "" : `, at the price of ${loses}`;
    return `${text} (${several(addresses.length, "place")})${lost}`;
  });
  const fits = change?.fits === true ? "Cheapest change that fits" : "Even with these changes it does not fit";
  const excepted = accepted.map(({ what, reason, expires }) => `${what} until ${expires}: ${reason}`);
  return html`${list(
    `Why the budget of ${of} is not met`,
    problems.map(({ text }) => text),
  )}
  ${list(`${fits}: ${money(change?.usd ?? "0")} USD`, cheaper)} ${list(`To know about the budget of ${of}`, warnings)}
  ${list(`Accepted without a price, for ${of}`, excepted)}`;
}
