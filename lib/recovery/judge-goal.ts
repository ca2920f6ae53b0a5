import { isWithin } from "../paths";
import { bestOutcome, isOf, outcomeOf, worseLast, type Goal, type Outcome } from "./outcome";
import type { AddedCosts, Stateful } from "./stateful";
import type { MeasuredRto, RecoverySpec } from "./target";
import type { RecoveryVerdict } from "./verdict";
import { few } from "./words";

/** What a mechanism would cost more a month, as exact decimal text; null where that has no price. */
export type PriceOf = (costs: AddedCosts) => string | null;

/** What goals are judged with. */
export interface Judging {
  readonly things: readonly Stateful[];
  readonly measured: readonly MeasuredRto[];
  readonly priceOf: PriceOf;
}

export type JudgedGoal = Pick<RecoveryVerdict, "status" | "address" | "mechanism" | "rpoMinutes" | "rtoMinutes" | "reason" | "nearest">;

/** Holds one goal against everything below a path: the weakest thing decides. */
export function judgeGoal(goal: Goal, { path, measuredRto }: RecoverySpec, { things, measured, priceOf }: Judging): JudgedGoal {
  const all = [...measuredRto, ...measured];
  const outcomes = things.filter((thing) => isWithin(thing.path, path)).map((thing) => bestOutcome(thing, goal, all));
  const [weakest, ...others] = outcomes.sort((one, other) => worseLast(other, one) || (one.thing.address < other.thing.address ? -1 : 1));
  if (weakest === undefined) return nothingStateful(goal);
  const { thing, status, use, rpoMinutes, rtoMinutes } = weakest;
  const nearest = status === "infeasible" ? tryNearest(weakest, goal, priceOf) : undefined;
  const reason = [reasonOf(weakest, nearest !== undefined), ...notesOf(weakest), ...alsoFail(status, others)].join("; ");
  return { status, address: thing.address, mechanism: use?.title, rpoMinutes, rtoMinutes, reason, nearest };
}

/** Nothing can be lost; but zero across regions is a promise that something has to keep. */
function nothingStateful({ scope, rpoMinutes, rtoMinutes }: Goal): JudgedGoal {
  if (scope !== "region" || (rpoMinutes > 0 && rtoMinutes > 0)) {
    return { status: "ok", rpoMinutes: 0, rtoMinutes: 0, reason: "nothing stateful is here" };
  }
  const reason = "zero across regions needs something that confirms every write in two regions, and nothing stateful is here";
  return { status: "infeasible", rpoMinutes: null, rtoMinutes: null, reason };
}

function reasonOf({ status, reason: why, rtoMinutes }: Outcome, hasNearest: boolean): string {
  const reason = why();
  if (status === "unproven" && rtoMinutes === null) return `${reason}; do a recovery and give measuredRto with its date and evidence`;
  return status === "infeasible" && !hasNearest ? `${reason}; no mechanism is known that would` : reason;
}

/** What seems to be a mechanism matters only where one is missing. */
function notesOf({ status, thing }: Outcome): readonly string[] {
  return status === "infeasible" ? (thing.notes ?? []) : [];
}

function alsoFail(status: RecoveryVerdict["status"], others: readonly Outcome[]): readonly string[] {
  const same = others.filter((other) => status !== "ok" && other.status === status).map(({ thing }) => thing.address);
  return same.length === 0 ? [] : [`the same goes for ${few(same)}`];
}

/** What is proven before what has to be measured; then the first, which is the smallest change. */
function tryNearest({ thing }: Outcome, goal: Goal, priceOf: PriceOf): RecoveryVerdict["nearest"] {
  const feasible = thing
    .alternatives()
    .filter(({ use }) => use.scopes.includes(goal.scope))
    .map(({ use, costs }) => ({ use, costs, status: outcomeOf(thing, use, goal).status }))
    .filter(({ status }) => status !== "infeasible");
  const best = feasible.find(({ status }) => status === "ok") ?? feasible[0];
  if (best === undefined) return undefined;
  const mechanism = best.status === "ok" ? best.use.title : `${best.use.title}, once a recovery was measured`;
  return { mechanism, usdPerMonth: best.costs === undefined ? null : priceOf(best.costs) };
}

/** Measurements that are of nothing that holds data. */
export function unmatched(measured: readonly MeasuredRto[], things: readonly Stateful[]): readonly MeasuredRto[] {
  return measured.filter((entry) => !things.some(({ address, path }) => isOf(entry, address, path)));
}
