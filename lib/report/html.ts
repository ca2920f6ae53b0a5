import type { Manifest } from "./manifest";
import { changeSection } from "./html/change";
import { costSection } from "./html/cost";
import { diagramsSection } from "./html/diagrams";
import { findingsSection } from "./html/findings";
import { headline, overview } from "./html/headline";
import { html, type Html } from "./html/markup";
import { page } from "./html/page";
import { recoverySection } from "./html/recovery";
import { resourcesSection } from "./html/resources";
import { table } from "./html/table";
import { count, several } from "./words";

export interface ReportOptions {
  /** @default "Governed agents" */
  readonly title?: string;
  /**
   * Earlier manifests: what changed since is shown for the stacks of the same name.
   * @default - no changes are shown
   */
  readonly previous?: readonly Manifest[];
}

export const DEFAULT_TITLE = "Governed agents";

/** The report of all stacks as one HTML file that needs nothing else: no network, no fonts, no other file. */
export function reportHtml(manifests: readonly Manifest[], { title = DEFAULT_TITLE, previous }: ReportOptions = {}): string {
  const body = [
    manifests.length > 1 && overview(manifests, idOf),
    manifests.map((manifest, index) => stackArticle(manifest, idOf(index), previous)),
    manifests.length === 0 &&
      html`<section>
        <h2>No stacks</h2>
        <p>No governed stack was found. Call govern on a stack and synthesize again.</p>
      </section>`,
    resourcesSection(manifests),
  ];
  return page({ title, lead: leadOf(manifests), body, notes: NOTES });
}

const NOTES = html`<p>
  Made from the Terraform that was synthesized, before anything is created. What was changed by hand, or since, is not seen here. “Not
  checked” and “not promised” mean what they say: nothing is known about it.
</p>`;

function idOf(index: number): string {
  return `stack-${index}`;
}

function leadOf(manifests: readonly Manifest[]): string {
  const sum = (of: (manifest: Manifest) => number) => manifests.reduce((total, manifest) => total + of(manifest), 0);
  const agents = sum((manifest) => manifest.agents.length);
  const resources = sum((manifest) => manifest.coverage.resources);
  const days = [...new Set(manifests.flatMap(({ cost }) => cost?.asOf ?? []))].sort();
  const dated = days.length === 0 ? "" : `, estimated for ${days.join(" and ")}`;
  return `${several(manifests.length, "stack")}, ${several(agents, "agent")}, ${several(resources, "resource")}${dated}`;
}

function stackArticle(manifest: Manifest, id: string, previous: readonly Manifest[] | undefined): Html {
  const { stack, providers, labels } = manifest;
  const earlier = previous?.find((one) => one.stack === stack);
  return html`<article id="${id}" aria-labelledby="${id}-name">
    <h2 id="${id}-name">${stack}</h2>
    <p class="who">
      ${labels.project}, ${labels.environment}; owned by ${labels.owner}, paid by ${labels.costCenter}; on ${providers.join(", ")}
    </p>
    ${headline(manifest)} ${previous !== undefined && changeSection(manifest, earlier, id)} ${costSection(manifest, id)}
    ${findingsSection(manifest, id)} ${recoverySection(manifest, id)} ${diagramsSection(manifest, id)} ${agentsSection(manifest, id)}
  </article>`;
}

/** Agents that are written out at once, and folded. */
const FEW_AGENTS = 12;
const MOST_AGENTS = 200;

function agentsSection({ agents }: Manifest, id: string): Html {
  const rows = agents.slice(0, MOST_AGENTS).map((agent) => {
    const { agentId, kind, governanceId, endpoint, heartbeatSeconds, missedHeartbeats } = agent;
    const seconds = [heartbeatSeconds, heartbeatSeconds * missedHeartbeats].map((time) => html`<td class="number">${time} s</td>`);
    return html`<tr>
      <th scope="row">${agentId}</th>
      <td>${kind}</td>
      <td>${governanceId}</td>
      <td>${endpoint}</td>
      ${seconds}
    </tr>`;
  });
  const heads = ["Agent", "Runs as", "Governed as", "Reports to", "#Heartbeat", "#Silence until alarm"];
  const more =
    agents.length > MOST_AGENTS && html`<p>And ${count(agents.length - MOST_AGENTS)} more, all of which are in the manifest.</p>`;
  const all = html`${table({ label: "Table of agents", heads, rows })}${more}`;
  const folded = html`<details>
    <summary>${several(agents.length, "agent")}</summary>
    ${all}
  </details>`;
  const body = agents.length === 0 ? html`<p>No agents run in this stack.</p>` : agents.length > FEW_AGENTS ? folded : all;
  return html`<section aria-labelledby="${id}-agents">
    <h3 id="${id}-agents">Agents</h3>
    ${body}
  </section>`;
}
