import { FAILURE_SCOPES, type RecoveryVerdict } from "../../recovery/verdict";
import type { Manifest } from "../manifest";
import { duration, money } from "../words";
import { badge, type Standing } from "./headline";
import { html, type Html } from "./markup";

const STANDING: Record<RecoveryVerdict["status"], Standing> = { ok: "ok", infeasible: "bad", unproven: "warn" };
const WORDS: Record<RecoveryVerdict["status"], string> = { ok: "met", infeasible: "infeasible", unproven: "unproven" };

const SCOPE_WORDS: Record<RecoveryVerdict["scope"], string> = {
  instance: "one instance fails",
  zone: "a zone fails",
  region: "a region fails",
  "operator-error": "a wrong write or delete",
};

/** How the recovery targets stand for each kind of failure. */
export function recoverySection({ recovery }: Manifest, id: string): Html {
  const verdicts = [...(recovery?.verdicts ?? [])].sort((one, other) => rank(one) - rank(other));
  const none = html`<p class="absent">
    No recovery target is set for this stack: how long it is down, and what is lost, is not promised for any failure.
  </p>`;
  return html`<section aria-labelledby="${id}-recovery">
    <h3 id="${id}-recovery">Recovery</h3>
    ${verdicts.length === 0 ? none : table(verdicts)} ${unpromised(verdicts)} ${uncoveredList(recovery?.uncovered ?? [])}
  </section>`;
}

function rank({ scope }: RecoveryVerdict): number {
  return FAILURE_SCOPES.indexOf(scope);
}

function table(verdicts: readonly RecoveryVerdict[]): Html {
  return html`<div class="scroll" role="group" aria-label="Table of recovery targets" tabindex="0">
    <table>
      <caption>
        Data lost at most, and back at the latest, when something fails
      </caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">For</th>
          <th scope="col">Promised</th>
          <th scope="col">Reached</th>
          <th scope="col">Verdict</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        ${verdicts.map(row)}
      </tbody>
    </table>
  </div>`;
}

function row(verdict: RecoveryVerdict): Html {
  const { path, scope, status, target, address, mechanism, rpoMinutes, rtoMinutes, reason, nearest } = verdict;
  const price =
    nearest?.usdPerMonth === undefined || nearest.usdPerMonth === null ? "no price known" : `${money(nearest.usdPerMonth)} USD a month`;
  const instead = nearest === undefined ? undefined : html`<br />Nearest that would do: ${nearest.mechanism} (${price})`;
  const decides =
    address === undefined
      ? undefined
      : html`<br /><span class="quiet"
            >decided by <span class="code">${address}</span>${mechanism !== undefined && `, ${mechanism}`}</span
          >`;
  return html`<tr>
    <th scope="row">${SCOPE_WORDS[scope]}</th>
    <td>${path}</td>
    <td>${times(target.rpoMinutes, target.rtoMinutes)}</td>
    <td>${times(rpoMinutes, rtoMinutes)}</td>
    <td>${badge(STANDING[status], WORDS[status])}</td>
    <td class="wide">${reason}${instead}${decides}</td>
  </tr>`;
}

function times(rpoMinutes: number | null, rtoMinutes: number | null): Html {
  const text = (minutes: number | null) => (minutes === null ? "no bound" : duration(minutes));
  return html`<span class="pair">lost ${text(rpoMinutes)}</span> <span class="pair">back ${text(rtoMinutes)}</span>`;
}

function unpromised(verdicts: readonly RecoveryVerdict[]): Html | undefined {
  const missing = FAILURE_SCOPES.filter((scope) => verdicts.every((verdict) => verdict.scope !== scope));
  if (verdicts.length === 0 || missing.length === 0) return undefined;
  return html`<p class="absent">Nothing is promised for: ${missing.map((scope) => SCOPE_WORDS[scope]).join("; ")}.</p>`;
}

function uncoveredList(uncovered: NonNullable<Manifest["recovery"]>["uncovered"]): Html | undefined {
  if (uncovered.length === 0) return undefined;
  return html`<h4>Holds data, and nothing brings it back</h4>
    <ul>
      ${uncovered.map(({ address, path, why }) => html`<li><span class="code">${address}</span> <span class="quiet">${path}</span>: ${why}</li>`)}
    </ul>`;
}
