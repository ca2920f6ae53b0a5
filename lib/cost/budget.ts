import { isWithin } from "../paths";
import type { Issue } from "../spec/check";
import { budgetSpec, capCents, nameOf, type AcceptUnpriced, type BudgetProps, type BudgetSpec } from "./budget-spec";
import { cheapestChange, type ChangeSource, type CheapestChange } from "./cheapest-change";
import type { Estimate } from "./estimate";
import type { Bound, EstimateLine, Gap, Place } from "./line";
import { centsOf, centsText, largestFirst, roundedUsd, type Usd } from "./money";
import { isNothing } from "./price-charge";
import { lineUsd, sumOf, type Basis } from "./totals";

/** Why a budget fails or warns. `weak-price`: the price is of grade C, which does not pass silently. */
export interface BudgetProblem {
  readonly kind: "over" | Gap["reason"] | "weak-price";
  /** What it is about; one entry stands for all resources of a type with the same problem. */
  readonly text: string;
  readonly addresses: readonly string[];
}

/** An exception that was used. */
export interface Accepted extends AcceptUnpriced {
  readonly addresses: readonly string[];
}

/** What a month costs against its cap. Plain JSON. */
export interface BudgetVerdict {
  readonly verdict: "pass" | "fail";
  /** What the budget is for. */
  readonly of: string;
  readonly budget: BudgetSpec;
  /** What is held against the cap, rounded once; null when nothing could be priced. */
  readonly usd: string | null;
  readonly capUsd: string;
  /** What makes it fail. */
  readonly problems: readonly BudgetProblem[];
  /** What does not make it fail, but has to be known. */
  readonly warnings: readonly string[];
  readonly accepted: readonly Accepted[];
  /** What costs most, at most five. */
  readonly largest: readonly { readonly address: string; readonly usd: string; readonly what: string }[];
  /** The change that would make it fit, when it is over its cap. */
  readonly change?: CheapestChange;
}

const LARGEST = 5;

/**
 * Holds an estimate against a budget. With `source`, from which the estimate was made, a budget that is exceeded names the cheapest change that fits.
 * @throws IntentError when the budget itself is wrong.
 */
export function checkBudget(estimate: Estimate, props: BudgetProps, path = "stack", source?: ChangeSource): BudgetVerdict {
  const budget = budgetSpec(props, path, estimate.asOf);
  const lines = estimate.lines.filter((line) => isIn(line, budget));
  const gaps = estimate.gaps.filter((gap) => isIn(gap, budget));
  const [basis, bound] = budget.measure.split("-") as [Basis, Bound];
  const total = sumOf(lines, bound, basis);
  const cap = capCents(budget);
  const over = centsOf(total) > cap;
  const doubts = [...gaps.map(gapDoubt), ...lines.filter((line) => line.grade === "C" && !isNothing(line)).map(weakDoubt)];
  const { open, accepted, unused } = accept(doubts, budget);
  const stops = budget.mode === "strict" ? open : open.filter((doubt) => doubt.kind === "unbounded");
  const problems = [...(over ? [overProblem(total, budget)] : []), ...grouped(stops)];
  return {
    verdict: problems.length === 0 ? "pass" : "fail",
    of: nameOf(budget),
    budget,
    usd: lines.length === 0 && gaps.length > 0 ? null : roundedUsd(total),
    capUsd: centsText(cap),
    problems,
    warnings: [...grouped(open.filter((doubt) => !stops.includes(doubt))).map((problem) => problem.text), ...unused],
    accepted,
    largest: largest(lines, bound, basis),
    change: over && source !== undefined ? cheapestChange(source, lines, { total, cap, bound, basis }) : undefined,
  };
}

function isIn({ path, labels }: Place, { scope, agentId }: BudgetSpec): boolean {
  if (agentId !== undefined && labels.agentId !== agentId) return false;
  return scope === undefined || isWithin(path, scope);
}

interface Doubt {
  readonly kind: Exclude<BudgetProblem["kind"], "over">;
  readonly place: Place;
  readonly detail: string;
}

function gapDoubt(gap: Gap): Doubt {
  return { kind: gap.reason, place: gap, detail: gap.meter === undefined ? gap.detail : `${gap.meter}: ${gap.detail}` };
}

function weakDoubt(line: EstimateLine): Doubt {
  return {
    kind: "weak-price",
    place: line,
    detail: `${line.meter}: the price of ${line.service} ${line.sku} is of grade C, a single source or in conflict`,
  };
}

function accept(doubts: readonly Doubt[], { acceptUnpriced }: BudgetSpec): { open: Doubt[]; accepted: Accepted[]; unused: string[] } {
  const used = new Map<AcceptUnpriced, Set<string>>();
  const open = doubts.filter((doubt) => {
    if (doubt.kind === "unbounded") return true;
    const found = acceptUnpriced.find(({ what }) => isMeant(what, doubt.place));
    if (found === undefined) return true;
    used.set(found, (used.get(found) ?? new Set()).add(doubt.place.address));
    return false;
  });
  const accepted = [...used].map(([acceptance, addresses]) => ({ ...acceptance, addresses: [...addresses] }));
  const unused = acceptUnpriced.filter((one) => !used.has(one)).map(({ what }) => `acceptUnpriced "${what}" accepts nothing: remove it`);
  return { open, accepted, unused };
}

function isMeant(what: string, { address, type, path }: Place): boolean {
  return what === address || what === type || isWithin(path, what);
}

/** One problem for each kind, type and detail, so that a thousand like ones are one line. */
function grouped(doubts: readonly Doubt[]): BudgetProblem[] {
  const groups = new Map<string, Doubt[]>();
  for (const doubt of doubts) {
    const key = `${doubt.kind}\n${doubt.place.type}\n${doubt.detail}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [doubt]);
    else group.push(doubt);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Doubt, ...Doubt[]];
    const more = group.length === 1 ? "" : ` and ${group.length - 1} more`;
    const addresses = group.map((doubt) => doubt.place.address);
    return { kind: first.kind, text: `${first.kind} ${first.place.address}${more}: ${first.detail}`, addresses };
  });
}

function overProblem(total: Usd, budget: BudgetSpec): BudgetProblem {
  const cap = capCents(budget);
  const text = `${roundedUsd(total)} USD a month (${budget.measure}) is ${centsText(centsOf(total) - cap)} over the cap of ${centsText(cap)}`;
  return { kind: "over", text, addresses: [] };
}

function largest(lines: readonly EstimateLine[], bound: Bound, basis: Basis): BudgetVerdict["largest"] {
  const byAddress = new Map<string, { usd: Usd; top: EstimateLine }>();
  for (const line of lines) {
    const usd = lineUsd(line, bound, basis);
    const found = byAddress.get(line.address);
    const top = found === undefined || usd > lineUsd(found.top, bound, basis) ? line : found.top;
    byAddress.set(line.address, { usd: (found?.usd ?? 0n) + usd, top });
  }
  return [...byAddress]
    .filter(([, { usd }]) => usd > 0n)
    .sort(([, one], [, other]) => largestFirst(one.usd, other.usd))
    .slice(0, LARGEST)
    .map(([address, { usd, top }]) => ({ address, usd: roundedUsd(usd), what: `${top.meter}, ${top.basis}` }));
}

/** A failed budget as problems of a construct, for an IntentError. */
export function budgetIssues(verdict: BudgetVerdict, prop = "budgetUsdPerMonth"): readonly Issue[] {
  return verdict.problems.map(({ kind, text }) =>
    kind === "over"
      ? {
          prop,
          got: Number(verdict.usd),
          want: `at most ${verdict.capUsd} for ${verdict.of} (${verdict.budget.measure})`,
          fix: overFix(verdict),
        }
      : { prop, got: text, want: "a price to rely on", fix: fixOf(kind) },
  );
}

function overFix({ largest: most, change }: BudgetVerdict): string {
  const list = most.map(({ address, usd, what }) => `${address} ${usd} (${what})`).join(", ");
  const costs = `largest: ${list}`;
  if (change === undefined) return costs;
  if (change.changes.length === 0) return `${costs}; the price book knows no cheaper way`;
  const changes = change.changes.map(({ change: text, addresses }) => `${text} (${several(addresses)})`).join(" and ");
  const lost = [...new Set(change.changes.flatMap(({ loses }) => loses ?? []))];
  const but = lost.length === 0 ? "" : `, at the price of ${lost.join(" and ")}`;
  return change.fits
    ? `${costs}; cheapest change that fits: ${changes} makes it ${change.usd}${but}`
    : `${costs}; no change fits: with ${changes} it is still ${change.usd}`;
}

function several(addresses: readonly string[]): string {
  const [first = ""] = addresses;
  return addresses.length === 1 ? first : `${first} and ${addresses.length - 1} more`;
}

function fixOf(kind: BudgetProblem["kind"]): string {
  if (kind === "unbounded") return "give a finite limit";
  return "make it known, or add it to acceptUnpriced with a reason and an expiry, or set mode to advisory";
}
