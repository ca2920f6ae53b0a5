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

const MOST_AGENTS = 100;

function agentsSection({ agents }: Manifest, id: string): Html {
  const more = agents.length - MOST_AGENTS;
  const rows = agents.slice(0, MOST_AGENTS).map(
    ({ agentId, kind, governanceId, endpoint, heartbeatSeconds, missedHeartbeats }) =>
      html`<tr>
        <th scope="row">${agentId}</th>
        <td>${kind}</td>
        <td>${governanceId}</td>
        <td>${endpoint}</td>
        <td class="number">${heartbeatSeconds} s</td>
        <td class="number">${heartbeatSeconds * missedHeartbeats} s</td>
      </tr>`,
  );
  const table = html`<div class="scroll" role="group" aria-label="Table of agents" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col">Runs as</th>
            <th scope="col">Governed as</th>
            <th scope="col">Reports to</th>
            <th scope="col" class="number">Heartbeat</th>
            <th scope="col" class="number">Silence until alarm</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${more > 0 && html`<p>And ${count(more)} more; the manifest has them all.</p>`}`;
  return html`<section aria-labelledby="${id}-agents">
    <h3 id="${id}-agents">Agents</h3>
    ${agents.length === 0 ? html`<p>No agents run in this stack.</p>` : table}
  </section>`;
}
