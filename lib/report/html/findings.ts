import { SEVERITIES, type Finding, type FindingStatus } from "../../policy/finding";
import type { Manifest } from "../manifest";
import { count, findingsOf, several } from "../words";
import { badge, type Standing } from "./headline";
import { html, type Html } from "./markup";

const STANDING: Record<Finding["severity"], Standing> = { critical: "bad", high: "bad", medium: "warn", low: "warn" };

/** Places that are written out for one rule; code scanning gets all of them. */
const MOST_PLACES = 25;

/** What the rules found, worst first, each with what to do; one entry for each rule. */
export function findingsSection({ policy }: Manifest, id: string): Html {
  if (policy === undefined) {
    return html`<section aria-labelledby="${id}-findings">
      <h3 id="${id}-findings">Findings</h3>
      <p class="absent">No rules were applied to this stack: nothing is said here about how safe it is.</p>
    </section>`;
  }
  const part = (status: FindingStatus) => policy.findings.filter((finding) => finding.status === status);
  const open = part("fail");
  const folded = (status: FindingStatus, words: string) =>
    findingsOf(policy.counts, status) > 0 &&
    html`<details>
      <summary>${words}</summary>
      ${ruleList(part(status))}
    </details>`;
  return html`<section aria-labelledby="${id}-findings">
    <h3 id="${id}-findings">Findings</h3>
    ${open.length === 0 ? html`<p>Every rule of ${policy.packs.join(", ")} that could be decided holds, or was acknowledged.</p>` : ruleList(open)}
    ${folded("unknown", `${several(findingsOf(policy.counts, "unknown"), "place")} where the Terraform does not say enough to decide`)}
    ${folded("acknowledged", `${several(findingsOf(policy.counts, "acknowledged"), "acknowledged finding")}`)}
  </section>`;
}

function ruleList(findings: readonly Finding[]): Html {
  const rules = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = rules.get(finding.ruleId);
    if (group === undefined) rules.set(finding.ruleId, [finding]);
    else group.push(finding);
  }
  const worstFirst = [...rules.values()].sort((one, other) => rank(one) - rank(other));
  return html`<ul class="findings">
    ${worstFirst.map(ruleEntry)}
  </ul>`;
}

function rank([finding]: readonly Finding[]): number {
  return finding === undefined ? 0 : SEVERITIES.indexOf(finding.severity);
}

function ruleEntry(findings: readonly Finding[]): Html {
  const { ruleId, severity, expected, fix } = findings[0] as Finding;
  const more = findings.length - MOST_PLACES;
  const places = html`<ul>
    ${findings.slice(0, MOST_PLACES).map(place)}${more > 0 && html`<li>and ${count(more)} more</li>`}
  </ul>`;
  return html`<li>
    <p class="finding-head">${badge(STANDING[severity], severity)} <strong>${ruleId}</strong></p>
    <p>Want ${expected}. <span class="fix">To fix: ${fix}</span></p>
    ${
      findings.length > 3
        ? html`<details>
            <summary>${several(findings.length, "place")}</summary>
            ${places}
          </details>`
        : places
    }
  </li>`;
}

function place({ address, path, observed, acknowledgement }: Finding): Html {
  const until = acknowledgement?.expires === undefined ? "" : ` until ${acknowledgement.expires}`;
  const said = acknowledgement === undefined ? undefined : html`, acknowledged${until}: ${acknowledgement.reason}`;
  return html`<li><span class="code">${address}</span> <span class="quiet">${path}</span>: ${observed}${said}</li>`;
}
