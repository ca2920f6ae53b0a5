import { SEVERITIES, type Finding, type FindingStatus } from "../../policy/finding";
import type { Manifest, ManifestPolicy } from "../manifest";
import { count, findingsOf, sentence, several } from "../words";
import { badge, type Standing } from "./headline";
import { html, type Html } from "./markup";

const STANDING: Record<Finding["severity"], Standing> = { critical: "bad", high: "bad", medium: "warn", low: "warn" };

/** Places that are written out for one rule; code scanning gets all of them. */
const MOST_PLACES = 25;

/** What the rules found, worst first, each with what to do; one entry for each rule. */
export function findingsSection({ policy }: Manifest, id: string): Html {
  const heading = html`<h3 id="${id}-findings">Findings</h3>`;
  const none = html`<p class="absent">No rules were applied to this stack: nothing is said here about how safe it is.</p>`;
  return html`<section aria-labelledby="${id}-findings">${heading}${policy === undefined ? none : findingsOfStatus(policy)}</section>`;
}

function findingsOfStatus(policy: ManifestPolicy): Html {
  const part = (status: FindingStatus) => policy.findings.filter((finding) => finding.status === status);
  const open = part("fail");
  const folded = (status: FindingStatus, words: string) =>
    findingsOf(policy.counts, status) > 0 &&
    html`<details>
      <summary>${words}</summary>
      ${ruleList(part(status), policy)}
    </details>`;
  const unknown = several(findingsOf(policy.counts, "unknown"), "place");
  const acknowledged = several(findingsOf(policy.counts, "acknowledged"), "acknowledged finding");
  return html`<p>${tally(policy)}</p>
    ${open.length > 0 && ruleList(open, policy)} ${folded("unknown", `${unknown} where the Terraform does not say enough to decide`)}
    ${folded("acknowledged", acknowledged)}`;
}

/** How many rules were asked, and how many of them hold everywhere. */
function tally({ packs, rules, findings, asOf }: ManifestPolicy): string {
  const from = `${packs.join(", ")}${asOf === undefined ? "" : `, as of ${asOf}`}`;
  const broken = new Set(findings.flatMap(({ ruleId, status }) => (status === "fail" ? [ruleId] : []))).size;
  if (rules === undefined) return broken === 0 ? `No rule is broken (${from}).` : `${several(broken, "rule")} broken (${from}).`;
  const asked = Object.values(rules);
  const used = asked.filter(({ pass, fail, unknown, acknowledged }) => pass + fail + unknown + acknowledged > 0).length;
  const idle = asked.length - used;
  const about = idle === 0 ? "" : `; ${count(idle)} had nothing to look at`;
  return `${several(used, "rule")} had something to look at, ${count(broken)} of them ${broken === 1 ? "is" : "are"} broken${about} (${from}).`;
}

function ruleList(findings: readonly Finding[], policy: ManifestPolicy): Html {
  const rules = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = rules.get(finding.ruleId);
    if (group === undefined) rules.set(finding.ruleId, [finding]);
    else group.push(finding);
  }
  const worstFirst = [...rules.values()].sort((one, other) => rank(one) - rank(other));
  return html`<ul class="findings">
    ${worstFirst.map((group) => ruleEntry(group, policy))}
  </ul>`;
}

function rank([finding]: readonly Finding[]): number {
  return finding === undefined ? 0 : SEVERITIES.indexOf(finding.severity);
}

function ruleEntry(findings: readonly Finding[], { rules }: ManifestPolicy): Html {
  const { ruleId, severity, fix } = findings[0] as Finding;
  const text = rules?.[ruleId];
  const more = findings.length > MOST_PLACES && html`<li>and ${count(findings.length - MOST_PLACES)} more</li>`;
  const places = html`<ul>
    ${findings.slice(0, MOST_PLACES).map(place)}${more}
  </ul>`;
  const shown =
    findings.length > 3
      ? html`<details>
          <summary>${several(findings.length, "place")}</summary>
          ${places}
        </details>`
      : places;
  const head = html`${badge(STANDING[severity], severity)} <strong>${text?.title.replace(/\.$/, "") ?? ruleId}</strong>
    <span class="code quiet">${text && ruleId}</span>`;
  const why = text !== undefined && html`<span class="quiet">${sentence(text.why)}</span> `;
  return html`<li>
    <p class="finding-head">${head}</p>
    <p>${why}<span class="fix">To fix: ${sentence(fix, false)}</span></p>
    ${shown}
  </li>`;
}

function place({ address, path, observed, expected, acknowledgement }: Finding): Html {
  const until = acknowledgement?.expires === undefined ? "" : ` until ${acknowledgement.expires}`;
  const said = acknowledgement !== undefined && html`; acknowledged${until}: ${acknowledgement.reason}`;
  return html`<li><span class="code">${address}</span> <span class="quiet">${path}</span>: ${observed}, want ${expected}${said}</li>`;
}
