import type { MechanismUse } from "./mechanisms";
import type { Stateful } from "./stateful";
import type { MeasuredRto } from "./target";
import type { FailureScope, RecoveryStatus, RecoveryTarget } from "./verdict";
import { AFTER, lossText, timeText } from "./words";

/** What is asked for, for one failure. */
export interface Goal extends Pick<RecoveryTarget, "rpoMinutes" | "rtoMinutes"> {
  readonly scope: FailureScope;
}

/** A goal for which it does not matter what is lost. */
export const ANY_LOSS = Infinity;

/** What one thing reaches with the best mechanism that it has. */
export interface Outcome {
  readonly thing: Stateful;
  readonly status: RecoveryStatus;
  /** Undefined when nothing is there for this failure. */
  readonly use?: MechanismUse;
  readonly rpoMinutes: number | null;
  readonly rtoMinutes: number | null;
  /** Why, in a sentence; made for what decides only. */
  readonly reason: () => string;
}

const RANK = { ok: 0, unproven: 1, infeasible: 2 } satisfies Record<RecoveryStatus, number>;

/** The best that a thing reaches; a mechanism more can only make it better. */
export function bestOutcome(thing: Stateful, goal: Goal, measured: readonly MeasuredRto[]): Outcome {
  const [best] = thing.mechanisms
    .filter((use) => use.scopes.includes(goal.scope))
    .map((use) => outcomeOf(thing, use, goal, latest(thing, goal.scope, measured)))
    .sort(worseLast);
  if (best !== undefined) return best;
  const reason = () => `nothing brings the ${thing.what} back after ${AFTER[goal.scope]}`;
  return { thing, status: "infeasible", rpoMinutes: null, rtoMinutes: null, reason };
}

/** Order of outcomes: what holds first, then what loses less, then what is faster. */
export function worseLast(one: Outcome, other: Outcome): number {
  return (
    RANK[one.status] - RANK[other.status] ||
    compare(one.rpoMinutes, other.rpoMinutes) ||
    compare(one.rtoMinutes, other.rtoMinutes) ||
    Number(one.use === undefined) - Number(other.use === undefined)
  );
}

function compare(one: number | null, other: number | null): number {
  if (one === other) return 0;
  return (one ?? Infinity) - (other ?? Infinity);
}

/** What a mechanism reaches, alone. */
export function outcomeOf(thing: Stateful, use: MechanismUse, goal: Goal, measured?: MeasuredRto): Outcome {
  const rpoMinutes = use.rpo.minutes;
  const rtoMinutes = slower(use.rto.minutes, measured?.minutes);
  const tooMuch = rpoMinutes !== null && (rpoMinutes > goal.rpoMinutes || isPretended(use, goal));
  const tooSlow = rtoMinutes !== null && rtoMinutes > goal.rtoMinutes;
  const open = (rpoMinutes === null && goal.rpoMinutes !== ANY_LOSS) || rtoMinutes === null;
  const status = tooMuch || tooSlow ? "infeasible" : open ? "unproven" : "ok";
  const reason = () => reasonOf({ use, goal, status, rpoMinutes, rtoMinutes, tooMuch, tooSlow, measured });
  return { thing, status, use, rpoMinutes, rtoMinutes, reason };
}

/** Only what is in both regions before it is confirmed loses nothing with one of them. */
function isPretended(use: MechanismUse, goal: Goal): boolean {
  return goal.scope === "region" && goal.rpoMinutes === 0 && use.synchronous !== true;
}

function slower(documented: number | null, measured: number | undefined): number | null {
  if (measured === undefined) return documented;
  return documented === null ? measured : Math.max(documented, measured);
}

function latest({ address, path }: Stateful, scope: FailureScope, measured: readonly MeasuredRto[]): MeasuredRto | undefined {
  return measured
    .filter((entry) => entry.scope === scope && isOf(entry, address, path))
    .sort((one, other) => (one.date === other.date ? other.minutes - one.minutes : one.date < other.date ? 1 : -1))[0];
}

/** Whether a measurement is of this resource, or of something that holds it. */
export function isOf({ of }: MeasuredRto, address: string, path: string): boolean {
  return of === address || of === path || path.startsWith(`${of}/`);
}

interface Finding extends Pick<Outcome, "status" | "rpoMinutes" | "rtoMinutes"> {
  readonly use: MechanismUse;
  readonly goal: Goal;
  readonly tooMuch: boolean;
  readonly tooSlow: boolean;
  readonly measured?: MeasuredRto;
}

/** Of what is not met only that is said which is too much. */
function reasonOf(finding: Finding): string {
  const { use, goal, status, tooMuch, tooSlow } = finding;
  const all = status !== "infeasible";
  const said = [
    ...(goal.rpoMinutes !== ANY_LOSS && (all || tooMuch) ? [rpoText(finding)] : []),
    ...(all || tooSlow ? [rtoText(finding)] : []),
  ];
  return `${use.title} ${said.join(" and ")}${use.note === undefined ? "" : `; ${use.note}`}`;
}

function rpoText({ rpoMinutes, tooMuch, goal, use }: Finding): string {
  if (rpoMinutes === null) return "may lose more than anyone has published";
  const text = `${lossText(rpoMinutes)} (${use.rpo.guarantee})`;
  if (!tooMuch) return text;
  if (goal.rpoMinutes === 0 && goal.scope === "region") return `${text}, and zero needs every write to be confirmed in both regions`;
  return goal.rpoMinutes === 0 ? `${text}, where nothing may be lost` : `${text}, more than ${timeText(goal.rpoMinutes)}`;
}

function rtoText({ rtoMinutes, tooSlow, goal, use, measured }: Finding): string {
  if (rtoMinutes === null) return "takes a time that nobody has published";
  const source = measured?.minutes === rtoMinutes ? `measured on ${measured.date}` : use.rto.guarantee;
  const text = rtoMinutes === 0 ? `goes on without a break (${source})` : `takes ${timeText(rtoMinutes)} (${source})`;
  return tooSlow ? `${text}, more than ${timeText(goal.rtoMinutes)}` : text;
}
