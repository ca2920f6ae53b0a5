import { changeBetween, isChanged } from "../change";
import type { Manifest } from "../manifest";
import { count, money, moneyChange, percent, several } from "../words";
import { html, type Html } from "./markup";

const MOST_LISTED = 30;

/** What differs from an earlier manifest of the same stack. */
export function changeSection(manifest: Manifest, previous: Manifest | undefined, id: string): Html {
  const heading = html`<h3 id="${id}-change">Change</h3>`;
  if (previous === undefined)
    return html`<section aria-labelledby="${id}-change">
      ${heading}
      <p>This stack is new.</p>
    </section>`;
  const change = changeBetween(manifest, previous);
  if (!isChanged(change))
    return html`<section aria-labelledby="${id}-change">
      ${heading}
      <p>Nothing changed in cost, findings, labels or addresses.</p>
    </section>`;
  const { cost, coverage, newFindings, goneFindings, added, removed } = change;
  const costText =
    cost === undefined
      ? "not comparable: one of the two has no estimate"
      : `${moneyChange(cost.cents)} USD a month (${money(cost.before)} to ${money(cost.after)})`;
  const labels =
    coverage.before === coverage.after ? `still ${percent(coverage.after)}` : `${percent(coverage.before)} to ${percent(coverage.after)}`;
  return html`<section aria-labelledby="${id}-change">
    ${heading}
    <ul>
      <li>Cost: ${costText}${cost?.notes.map((note) => `; ${note}`)}</li>
      <li>Labels: ${labels} of those that can carry them</li>
      <li>Findings: ${count(newFindings.length)} new, ${count(goneFindings.length)} gone</li>
      <li>Addresses: ${count(added.length)} added, ${count(removed.length)} removed</li>
    </ul>
    ${listed("added", added)}${listed("removed", removed)}
  </section>`;
}

function listed(word: string, addresses: readonly string[]): Html | undefined {
  if (addresses.length === 0) return undefined;
  const more = addresses.length - MOST_LISTED;
  return html`<details>
    <summary>${several(addresses.length, "address", "addresses")} ${word}</summary>
    <ul>
      ${addresses.slice(0, MOST_LISTED).map((address) => html`<li class="code">${address}</li>`)}${more > 0 && html`<li>and ${count(more)} more</li>`}
    </ul>
  </details>`;
}
