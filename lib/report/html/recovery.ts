import { FAILURE_SCOPES, type FailureScope, type RecoveryStatus, type RecoveryVerdict } from "../../recovery/verdict";
import type { Manifest, ManifestRecovery } from "../manifest";
import { duration, money } from "../words";
import { badge, type Standing } from "./headline";
import { html, type Html } from "./markup";
import { list, table } from "./table";

const STANDING: Record<RecoveryStatus, Standing> = { ok: "ok", infeasible: "bad", unproven: "warn" };
const WORDS: Record<RecoveryStatus, string> = { ok: "met", infeasible: "infeasible", unproven: "unproven" };

const SCOPE_WORDS: Record<FailureScope, string> = {
  instance: "one instance fails",
  zone: "a zone fails",
  region: "a region fails",
  "operator-error": "a wrong write or delete",
};

const UNPROMISED = "No recovery target is set for this stack: how long it is down, and what is lost, is not promised for any failure.";

/** How the recovery targets stand for each kind of failure. */
export function recoverySection({ recovery }: Manifest, id: string): Html {
  const body = recovery === undefined ? html`<p class="absent">${UNPROMISED}</p>` : judgement(recovery);
  return html`<section aria-labelledby="${id}-recovery">
    <h3 id="${id}-recovery">Recovery</h3>
    ${body}
  </section>`;
}

function judgement({ verdicts, availability = [], uncovered, notJudged = [], unmatched = [] }: ManifestRecovery): Html {
  const targets = [...verdicts].sort((one, other) => rank(one) - rank(other)).map(targetRow);
  const heads = ["When", "For", "Promised", "Reached", "Verdict", "Why"];
  const caption = "Data lost at most, and back at the latest, when something fails";
  const promises = availability.map((verdict) => {
    const { scope, path, availabilityPercent, minutesPerMonth, rtoMinutes } = verdict;
    const promised = `${availabilityPercent} %: down ${duration(minutesPerMonth)} a month`;
    const reached = `one failover ${timeText(rtoMinutes)}`;
    return html`<tr>
      <th scope="row">${SCOPE_WORDS[scope]}</th>
      <td>${path}</td>
      <td>${promised}</td>
      <td>${reached}</td>
      ${whyCells(verdict)}
    </tr>`;
  });
  return html`${targets.length === 0 ? html`<p class="absent">${UNPROMISED}</p>` : table({ label: "Table of recovery targets", caption, heads, rows: targets })}
  ${missingScopes(verdicts)}
  ${promises.length > 0 && table({ label: "Table of availability targets", caption: "Availability", heads, rows: promises })}
  ${list("Holds data, and nothing brings it back", uncovered.map(placeOf))} ${list("Holds data, but is not judged", notJudged.map(placeOf))}
  ${list(
    "Measurements of nothing in this stack",
    unmatched.map(({ of, date, evidence }) => `${of}, ${date}: ${evidence}`),
  )}`;
}

function rank({ scope }: RecoveryVerdict): number {
  return FAILURE_SCOPES.indexOf(scope);
}

function targetRow(verdict: RecoveryVerdict): Html {
  const { scope, path, target, rpoMinutes, rtoMinutes } = verdict;
  const cells = [times(target.rpoMinutes, target.rtoMinutes), times(rpoMinutes, rtoMinutes)].map((cell) => html`<td>${cell}</td>`);
  return html`<tr>
    <th scope="row">${SCOPE_WORDS[scope]}</th>
    <td>${path}</td>
    ${cells}${whyCells(verdict)}
  </tr>`;
}

function times(rpoMinutes: number | null, rtoMinutes: number | null): Html {
  return html`<span class="pair">lost ${timeText(rpoMinutes)}</span><br /><span class="pair">back ${timeText(rtoMinutes)}</span>`;
}

function timeText(minutes: number | null): string {
  return minutes === null ? "no bound" : duration(minutes);
}

function whyCells({
  status,
  reason,
  nearest,
  address,
  mechanism,
}: Pick<RecoveryVerdict, "status" | "reason" | "nearest" | "address" | "mechanism">): Html {
  const usd = nearest?.usdPerMonth ?? undefined;
  const price = usd === undefined ? "no price known" : `${money(usd)} USD a month`;
  const instead = nearest !== undefined && html`<br />Nearest that would do: ${nearest.mechanism} (${price})`;
  const by = mechanism === undefined ? "" : `, ${mechanism}`;
  const decides = address !== undefined && html`<br /><span class="quiet">decided by <span class="code">${address}</span>${by}</span>`;
  return html`<td>${badge(STANDING[status], WORDS[status])}</td>
    <td class="wide">${reason}${instead}${decides}</td>`;
}

function missingScopes(verdicts: readonly RecoveryVerdict[]): Html | undefined {
  const missing = FAILURE_SCOPES.filter((scope) => verdicts.every((verdict) => verdict.scope !== scope));
  if (verdicts.length === 0 || missing.length === 0) return undefined;
  return html`<p class="absent">Nothing is promised for: ${missing.map((scope) => SCOPE_WORDS[scope]).join("; ")}.</p>`;
}

function placeOf({ address, path, why }: ManifestRecovery["uncovered"][number]): Html {
  return html`<span class="code">${address}</span> <span class="quiet">${path}</span>: ${why}`;
}
