import { MONTH_HOURS } from "../cost/price";
import { judgeGoal, type JudgedGoal, type Judging } from "./judge-goal";
import { ANY_LOSS } from "./outcome";
import type { RecoverySpec } from "./target";
import type { FailureScope, RecoveryVerdict } from "./verdict";
import { timeText } from "./words";

/** An availability promise held against one failure. Plain JSON. */
export interface AvailabilityVerdict extends Omit<RecoveryVerdict, "target" | "rpoMinutes"> {
  readonly availabilityPercent: number;
  /** How long it may stand still in a month of 730 hours. */
  readonly minutesPerMonth: number;
  /** The part of that time which one failover takes; null where no bound is published. */
  readonly usedPercent: number | null;
}

/** Minutes of a mean month of 730 hours in which a service with this availability may stand still: 4.38 for 99.99. */
export function downtimeMinutes(availabilityPercent: number): number {
  const minutes = MONTH_HOURS.mean * 60 * (1 - availabilityPercent / 100);
  return Number(minutes.toFixed(4));
}

/** Holds the time of one failover in each scope against what the promise leaves. What is lost does not matter here. */
export function judgeAvailability(target: RecoverySpec, judging: Judging): AvailabilityVerdict[] {
  const { availabilityPercent, path } = target;
  if (availabilityPercent === undefined) return [];
  const minutesPerMonth = downtimeMinutes(availabilityPercent);
  return target.scopes.filter(hasFailover).map((scope) => {
    const goal = { scope, rpoMinutes: ANY_LOSS, rtoMinutes: minutesPerMonth };
    const judged = judgeGoal(goal, target, judging);
    const { status, rtoMinutes, address, mechanism, nearest } = judged;
    const usedPercent = rtoMinutes === null ? null : Math.round((rtoMinutes / minutesPerMonth) * 100);
    const found = { address, mechanism, rtoMinutes, reason: reasonOf(judged, usedPercent, minutesPerMonth), nearest };
    return { path, scope, status, availabilityPercent, minutesPerMonth, usedPercent, ...found };
  });
}

function hasFailover(scope: FailureScope): boolean {
  return scope !== "operator-error";
}

function reasonOf({ reason }: JudgedGoal, usedPercent: number | null, minutes: number): string {
  if (usedPercent === null) return reason;
  return `${reason}; one failover takes ${usedPercent} % of the ${timeText(minutes)} that a month leaves`;
}
