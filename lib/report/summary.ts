import type { FindingStatus } from "../policy/finding";
import type { Manifest, ManifestAgent } from "./manifest";

/** A stack's manifest and what a reader needs to go on from it. */
export interface SummarySource {
  readonly manifest: Manifest;
  /** Folder with the stack's Terraform. */
  readonly directory: string;
  /** Command that deploys the stack. */
  readonly next: string;
}

const COLUMN = 11;

/** What a person wants to see of a stack after synth, as plain text. */
export function summaryText({ manifest, directory, next }: SummarySource): string {
  const { labels, coverage } = manifest;
  const rows: [string, readonly string[]][] = [
    ["who", [`${labels.project} / ${labels.environment}, owned by ${labels.owner}, paid by ${labels.costCenter}`]],
    ["resources", [String(coverage.resources)]],
    ["labels", labelLines(manifest)],
    ["agents", agentLines(manifest)],
    ["cost", costLines(manifest)],
    ["policy", policyLines(manifest)],
    ["recovery", recoveryLines(manifest)],
    ["terraform", [directory]],
    ["next", [next]],
  ];
  return [`${manifest.stack} (${manifest.providers.join(", ")})`, ...rows.flatMap(([name, lines]) => block(name, lines))].join("\n");
}

function block(name: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? name : "").padEnd(COLUMN)}${line}`);
}

function labelLines({ coverage, resources }: Manifest): string[] {
  const conflicts = resources.filter((resource) => resource.labelStatus === "conflict");
  const counts = [
    `${coverage.labelled} labelled (${percent(coverage.ratio)} of all, ${percent(coverage.ratioOfTaggable)} of those that can)`,
    `${coverage.untaggable} cannot carry labels`,
    ...(coverage.ungoverned > 0 ? [`${coverage.ungoverned} of providers that are not governed`] : []),
    `${coverage.conflict} in conflict`,
  ];
  const details = conflicts.map(({ address, conflicts: said }) => `conflict: ${address} says ${JSON.stringify(said)}`);
  return [counts.join(", "), ...details];
}

/** So many agents are named; how many more there are is said. */
const MOST_AGENTS = 20;

function agentLines({ agents }: Manifest): string[] {
  if (agents.length === 0) return ["none"];
  const more = agents.length - MOST_AGENTS;
  return [...agents.slice(0, MOST_AGENTS).map(agentLine), ...(more > 0 ? [`and ${more} more, all of which are in the manifest`] : [])];
}

function agentLine(agent: ManifestAgent): string {
  return `${agent.agentId} (${agent.kind}) reports to ${agent.endpoint} as ${agent.governanceId} every ${agent.heartbeatSeconds} s`;
}

function costLines({ cost, budgets = [] }: Manifest): string[] {
  if (cost === undefined) return [];
  const gaps = cost.gaps.length === 0 ? "" : `, ${cost.gaps.length} without a price to rely on`;
  const { low, expected, high } = cost.totals?.gross ?? { low: "?", expected: "?", high: "?" };
  const total = `${expected} USD a month expected, ${low} to ${high}${gaps} (${cost.usage.name} use, prices as of ${cost.asOf})`;
  return [total, ...budgets.map((budget) => `cap of ${budget.of}: ${budget.usd ?? "?"} of ${budget.capUsd}, ${budget.verdict}`)];
}

function policyLines({ policy }: Manifest): string[] {
  if (policy === undefined) return [];
  const count = (status: FindingStatus) => Object.values(policy.counts).reduce((sum, counts) => sum + counts[status], 0);
  const asked = Object.keys(policy.rules ?? {}).length;
  return [
    `${asked} rules of ${policy.packs.join(", ")}: ${count("fail")} fail, ${count("unknown")} unknown, ${count("acknowledged")} acknowledged`,
  ];
}

function recoveryLines({ recovery }: Manifest): string[] {
  if (recovery === undefined) return [];
  const verdicts = recovery.verdicts.map(({ path, scope, status }) => `${scope} ${status} (${path})`);
  return [verdicts.join(", "), ...recovery.uncovered.map(({ address, why }) => `not covered: ${address}: ${why}`)];
}

/** One decimal, and 100 % only when nothing is missing. */
function percent(ratio: number): string {
  return `${(Math.floor(ratio * 1000) / 10).toFixed(1)} %`;
}
