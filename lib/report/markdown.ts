import { DEFAULT_TITLE, type ReportOptions } from "./html";
import { changeBetween, isChanged, type ManifestChange } from "./change";
import { findingText, SEVERITIES, type Finding } from "../policy/finding";
import { tilesOf, type Standing } from "./html/headline";
import type { Manifest } from "./manifest";
import { count, money, moneyChange, openFindings, percent, several } from "./words";

/** Longest list that is written out; the HTML report has more. */
const MOST = 20;

/** Longest comment that code hosts take is 65,536 characters; this leaves room for a line around it. */
const MOST_CHARACTERS = 65_000;

const SIGNS: Record<Standing, string> = { ok: "", warn: " ⚠", bad: " ✖", none: "" };

/** The report as a comment on a pull request: one table, and details folded below it. */
export function reportMarkdown(manifests: readonly Manifest[], { title = DEFAULT_TITLE, previous }: ReportOptions = {}): string {
  const head = [`## ${cell(title)}`, "", manifests.length === 0 ? "No governed stack was found." : tableOf(manifests, previous)];
  const details = manifests.flatMap((manifest) => {
    const earlier = previous?.find(({ stack }) => stack === manifest.stack);
    return [...(earlier === undefined ? [] : changeDetails(manifest, changeBetween(manifest, earlier))), ...findingDetails(manifest)];
  });
  const gone = (previous ?? []).filter(({ stack }) => !manifests.some((manifest) => manifest.stack === stack));
  const lost = gone.map(({ stack, resources }) => `\nStack **${cell(stack)}** is gone, with ${several(resources.length, "resource")}.`);
  return `${fitting([...head, ...lost, ...details])}\n`;
}

/** Whole parts only, as many as fit. */
function fitting(parts: readonly string[]): string {
  const note = "\nMore is in the HTML report.";
  let text = "";
  for (const part of parts) {
    if (text.length + part.length + note.length + 1 > MOST_CHARACTERS) return `${text}${note}`;
    text += `${part}\n`;
  }
  return text.trimEnd();
}

function tableOf(manifests: readonly Manifest[], previous: readonly Manifest[] | undefined): string {
  const rows = manifests.slice(0, 100).map((manifest) => {
    const earlier = previous?.find(({ stack }) => stack === manifest.stack);
    const change = earlier === undefined ? undefined : changeBetween(manifest, earlier);
    const [cost, labels, findings, recovery] = tilesOf(manifest).map(({ name, value, standing }) => {
      const all = name === "Findings" && manifest.policy !== undefined ? openFindings(manifest.policy.counts) : undefined;
      return `${cell(all ?? value)}${SIGNS[standing]}`;
    });
    const isNew = previous !== undefined && earlier === undefined ? " (new)" : "";
    return `| ${cell(manifest.stack)}${isNew} | ${cost}${capOf(manifest)}${costNote(change)} | ${labels} | ${findings}${findingNote(change)} | ${recovery} |`;
  });
  const more = manifests.length > 100 ? [`\nAnd ${several(manifests.length - 100, "more stack")}.`] : [];
  return ["| stack | cost a month | labels | findings | recovery |", "| --- | ---: | ---: | --- | --- |", ...rows, ...more].join("\n");
}

function capOf({ budgets = [] }: Manifest): string {
  const whole = budgets.find(({ budget }) => budget.scope === undefined && budget.agentId === undefined);
  return whole === undefined ? "" : ` of ${money(whole.capUsd)}`;
}

function costNote(change: ManifestChange | undefined): string {
  return change?.cost === undefined || change.cost.cents === 0n ? "" : ` (${moneyChange(change.cost.cents)})`;
}

function findingNote(change: ManifestChange | undefined): string {
  if (change === undefined || change.newFindings.length + change.goneFindings.length === 0) return "";
  return ` (${count(change.newFindings.length)} new, ${count(change.goneFindings.length)} gone)`;
}

function changeDetails({ stack }: Manifest, change: ManifestChange): string[] {
  if (!isChanged(change)) return [];
  const { cost, coverage, newFindings, goneFindings, added, removed } = change;
  const lines = [
    ...(cost === undefined ? ["- cost: not comparable, one of the two has no estimate"] : costLines(cost)),
    ...(coverage.before === coverage.after
      ? []
      : [`- labels: ${percent(coverage.before)} to ${percent(coverage.after)} of those that can carry them`]),
    ...listed("new findings", newFindings.map(findingText)),
    ...listed(
      "findings that are gone",
      goneFindings.map(({ ruleId, address }) => `${ruleId} ${address}`),
    ),
    ...listed("added", added),
    ...listed("removed", removed),
  ];
  return [folded(`${cell(stack)}: ${several(added.length, "address", "addresses")} added, ${count(removed.length)} removed`, lines)];
}

function costLines({ before, after, cents, notes, addresses }: NonNullable<ManifestChange["cost"]>): string[] {
  const total = `- cost: ${money(before)} to ${money(after)} USD a month, expected (${moneyChange(cents)})`;
  const each = addresses.slice(0, MOST).map(({ address, cents: by }) => `  - ${code(address)} ${moneyChange(by)}`);
  const more = addresses.length > MOST ? [`  - and ${count(addresses.length - MOST)} more`] : [];
  return [[total, ...notes.map(cell)].join("; "), ...each, ...more];
}

function findingDetails({ stack, policy }: Manifest): string[] {
  const open = (policy?.findings ?? []).filter(({ status }) => status === "fail").sort((one, other) => rank(one) - rank(other));
  if (open.length === 0) return [];
  return [folded(`${cell(stack)}: ${several(open.length, "open finding")}`, listed("open", open.map(findingText)))];
}

function rank({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

function listed(name: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const more = entries.length > MOST ? [`  - and ${count(entries.length - MOST)} more`] : [];
  return [`- ${name}:`, ...entries.slice(0, MOST).map((entry) => `  - ${code(entry)}`), ...more];
}

function folded(summary: string, lines: readonly string[]): string {
  return `\n<details><summary>${summary}</summary>\n\n${lines.join("\n")}\n\n</details>`;
}

/** Text in which nothing is markup, a mention or a link. */
function cell(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]()#|~!]/g, (sign) => `\\${sign}`)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/@/g, "&#64;");
}

/** Text as code, in which nothing is markup. */
function code(text: string): string {
  const flat = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${flat}${fence}` : `${fence} ${flat} ${fence}`;
}
