import type { BudgetVerdict } from "../../cost/budget";
import type { Manifest } from "../manifest";
import { count, findingsOf, MEASURES, money, openFindings, percent, recoveryText, several } from "../words";
import { html, type Content, type Html } from "./markup";

/** How something stands; `none`: nothing was promised, so nothing was checked. */
export type Standing = "ok" | "warn" | "bad" | "none";

const STANDING_WORDS: Record<Standing, string> = { ok: "fine", warn: "look here", bad: "not met", none: "not checked" };

/** One promise in one glance. */
export interface Tile {
  readonly name: string;
  readonly value: string;
  readonly standing: Standing;
  readonly text: Content;
  /** What the mark says instead of how it stands. */
  readonly word?: string;
  /** Part of the whole, 0 to 1 and above, shown as a bar. */
  readonly share?: number;
}

/** Cost, labels, findings and recovery of a stack. */
export function tilesOf(manifest: Manifest): readonly Tile[] {
  return [costTile(manifest), labelTile(manifest), findingTile(manifest), recoveryTile(manifest)];
}

export function headline(manifest: Manifest): Html {
  return html`<dl class="tiles">${tilesOf(manifest).map(tile)}</dl>`;
}

/** Says how something stands in a word, not by colour alone. */
export function badge(standing: Standing, word = STANDING_WORDS[standing]): Html {
  return html`<span class="badge badge-${standing}">${word}</span>`;
}

function tile({ name, value, standing, text, share, word }: Tile): Html {
  const mark = (standing !== "none" || word !== undefined) && badge(standing, word);
  return html`<div class="tile">
    <dt>${name} ${mark}</dt>
    <dd class="value">${value}</dd>
    <dd class="caption">${share !== undefined && bar(share, standing)}${text}</dd>
  </div>`;
}

function bar(share: number, standing: Standing): Html {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return html`<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="meter-all" width="100" height="6" />
    <rect class="meter-${standing}" width="${width.toFixed(2)}" height="6" />
  </svg>`;
}

/** The budget of the whole stack, or else the one that stands worst. */
export function mainBudget({ budgets = [] }: Manifest): BudgetVerdict | undefined {
  const whole = budgets.find(({ budget }) => budget.scope === undefined && budget.agentId === undefined);
  return whole ?? budgets.find(({ verdict }) => verdict === "fail") ?? budgets[0];
}

function costTile(manifest: Manifest): Tile {
  const { cost, budgets = [] } = manifest;
  const verdict = mainBudget(manifest);
  const name = "Cost a month";
  if (verdict !== undefined) {
    const value = verdict.usd === null ? "unknown" : `${money(verdict.usd)} USD`;
    const share = verdict.usd === null || Number(verdict.capUsd) === 0 ? undefined : Number(verdict.usd) / Number(verdict.capUsd);
    const failed = budgets.filter((one) => one.verdict === "fail").length;
    const others = failed > 0 && budgets.length > 1 ? `; ${failed} of ${several(budgets.length, "budget")} not met` : "";
    const text = `of at most ${money(verdict.capUsd)} USD for ${verdict.of}, ${MEASURES[verdict.budget.measure]}${doubtText(verdict)}${others}`;
    return { name, value, standing: failed > 0 ? "bad" : verdict.warnings.length > 0 ? "warn" : "ok", text, share };
  }
  if (cost === undefined)
    return { name, value: "not estimated", standing: "none", text: "No estimate was asked for, and no cap is promised." };
  const gaps = cost.gaps.length === 0 ? "" : `; ${several(cost.gaps.length, "thing")} without a price`;
  if (cost.totals === null) return { name, value: "unknown", standing: "warn", text: `nothing could be priced${gaps}` };
  const { low, expected, high } = cost.totals.gross;
  const text = `expected; ${money(low)} to ${money(high)} USD. No cap is set${gaps}.`;
  return {
    name,
    value: `${money(expected)} USD`,
    standing: cost.complete ? "none" : "warn",
    word: cost.complete ? "no cap" : "incomplete",
    text,
  };
}

/** A budget can be kept by what is known, and fail by what is not. */
function doubtText({ verdict, problems }: BudgetVerdict): string {
  if (verdict === "pass" || problems.some(({ kind }) => kind === "over")) return "";
  return "; not met because not everything has a price to rely on";
}

function labelTile({ coverage }: Manifest): Tile {
  const { labelled, conflict, untaggable, ungoverned, resources, ratioOfTaggable } = coverage;
  const wrong = conflict + ungoverned;
  const cannot = untaggable > 0 ? `; ${count(untaggable)} cannot` : "";
  const problems = `${conflict > 0 ? `; ${count(conflict)} in conflict` : ""}${ungoverned > 0 ? `; ${count(ungoverned)} not governed` : ""}`;
  const text = `${count(labelled)} of ${several(labelled + conflict, "resource")} that can carry labels do${cannot}${problems}`;
  const standing = wrong > 0 ? "warn" : "ok";
  if (resources === 0) return { name: "Labels", value: "no resources", standing: "ok", text: "The stack is empty." };
  return { name: "Labels", value: percent(ratioOfTaggable), standing, text, share: ratioOfTaggable };
}

function findingTile({ policy }: Manifest): Tile {
  const name = "Findings";
  if (policy === undefined) return { name, value: "not checked", standing: "none", text: "No rules were applied to this stack." };
  const open = openFindings(policy.counts);
  const { critical, high } = policy.counts;
  const [unknown, acknowledged] = [findingsOf(policy.counts, "unknown"), findingsOf(policy.counts, "acknowledged")];
  const undecided = unknown > 0 ? `${count(unknown)} could not be decided; ` : "";
  const [worst, ...others] = open?.split(", ") ?? [];
  const rest = others.length > 0 ? `${others.join(", ")}; ` : "";
  const text = `${rest}${undecided}${count(acknowledged)} acknowledged; rules: ${policy.packs.join(", ")}`;
  const standing = critical.fail + high.fail > 0 ? "bad" : open !== undefined || unknown > 0 ? "warn" : "ok";
  return { name, value: worst ?? "none open", standing, text, word: standing === "bad" ? "to fix" : undefined };
}

function recoveryTile(manifest: Manifest): Tile {
  const { recovery } = manifest;
  const name = "Recovery";
  if (recovery === undefined) return { name, value: "not promised", standing: "none", text: "No recovery target is set for this stack." };
  const uncovered = recovery.uncovered.length;
  const bare = uncovered > 0 ? `; ${several(uncovered, "place")} with data covered by nothing` : "";
  const value = recoveryText(manifest);
  if (value === undefined)
    return { name, value: "not promised", standing: uncovered > 0 ? "warn" : "none", text: `No recovery target is set${bare}.` };
  const infeasible = recovery.verdicts.filter(({ status }) => status === "infeasible").length;
  const unproven = recovery.verdicts.filter(({ status }) => status === "unproven").length;
  const standing = infeasible > 0 ? "bad" : unproven + uncovered > 0 ? "warn" : "ok";
  return { name, value, standing, text: `${infeasible} infeasible, ${unproven} unproven${bare}` };
}

/** All stacks side by side, with the sum of what they cost. */
export function overview(manifests: readonly Manifest[], idOf: (index: number) => string): Html {
  const rows = manifests.map(
    (manifest, index) =>
      html`<tr>
        <th scope="row"><a href="#${idOf(index)}">${manifest.stack}</a></th>
        ${tilesOf(manifest).map(
          ({ value, standing, name, word }) =>
            html`<td data-name="${name}">${value} ${(standing === "warn" || standing === "bad") && badge(standing, word)}</td>`,
        )}
      </tr>`,
  );
  return html`<section aria-labelledby="overview">
    <h2 id="overview">Stacks</h2>
    <div class="scroll" role="group" aria-label="Table of stacks" tabindex="0">
      <table class="overview">
        <thead>
          <tr>
            <th scope="col">Stack</th>
            <th scope="col">Cost a month</th>
            <th scope="col">Labels</th>
            <th scope="col">Findings</th>
            <th scope="col">Recovery</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}
