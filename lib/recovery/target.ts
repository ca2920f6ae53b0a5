import { isDay } from "../cost/date";
import { Check, type KeysOf } from "../spec/check";
import { FAILURE_SCOPES, type FailureScope, type RecoveryTarget } from "./verdict";

/** A recovery that was really done, with how long it took. */
export interface MeasuredRto {
  /** The failure that was recovered from. */
  readonly scope: FailureScope;
  /** What was recovered: a Terraform address, or a construct path with everything below it. */
  readonly of: string;
  /** Minutes from the failure until it worked again. */
  readonly minutes: number;
  /** The day it was done, YYYY-MM-DD, not in the future. */
  readonly date: string;
  /** Where that can be looked up, such as the address of the report of a restore test. */
  readonly evidence: string;
}

export interface RecoveryProps extends RecoveryTarget {
  /**
   * Percent of a month of 730 hours in which it works, such as 99.99: the time that is left (4.38 minutes) has to be enough for one failover
   * in each of the scopes but `operator-error`. The SLA of a service itself is not part of it.
   * @default - no promise
   */
  readonly availabilityPercent?: number;
  /**
   * Recoveries that were done, for mechanisms whose duration no vendor promises. The latest counts; a longer time than a documented one wins.
   * @default - none
   */
  readonly measuredRto?: readonly MeasuredRto[];
}

/** A target after its checks. Plain JSON. */
export interface RecoverySpec extends RecoveryTarget {
  /** Construct path the target is set on; it holds for everything below. */
  readonly path: string;
  readonly availabilityPercent?: number;
  readonly measuredRto: readonly MeasuredRto[];
}

const KNOWN = {
  rpoMinutes: true,
  rtoMinutes: true,
  scopes: true,
  availabilityPercent: true,
  measuredRto: true,
} satisfies KeysOf<RecoveryProps>;

const MEASURED = { scope: true, of: true, minutes: true, date: true, evidence: true } satisfies KeysOf<MeasuredRto>;

const MINUTES = "a finite number of minutes, 0 or more";

/**
 * Checks one recovery target. `asOf` is today: measurements cannot be later.
 * Zero across regions is refused when it is judged, unless what is there commits in both regions at once.
 * @throws IntentError with every problem.
 */
export function recoverySpec(props: RecoveryProps, path: string, asOf: string): RecoverySpec {
  const check = new Check<RecoveryProps>(`${path} recovery`, props, KNOWN);
  const rpoMinutes = readMinutes(check, "rpoMinutes", props?.rpoMinutes);
  const rtoMinutes = readMinutes(check, "rtoMinutes", props?.rtoMinutes);
  const scopes = readScopes(check);
  const availabilityPercent = tryAvailability(check, props?.availabilityPercent, scopes);
  const measuredRto = readMeasured(check, asOf);
  return check.done({
    path,
    rpoMinutes,
    rtoMinutes,
    scopes,
    ...(availabilityPercent !== undefined && { availabilityPercent }),
    measuredRto,
  });
}

/**
 * Checks measurements that are given for several targets at once.
 * @throws IntentError with every problem.
 */
export function measuredRtoSpec(measured: readonly MeasuredRto[], path: string, asOf: string): readonly MeasuredRto[] {
  const check = new Check<Pick<RecoveryProps, "measuredRto">>(`${path} recovery`, { measuredRto: measured }, ["measuredRto"]);
  return check.done(readMeasured(check, asOf));
}

function readMinutes<P extends object>(check: Check<P>, prop: string, value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  check.issue(prop, value, MINUTES);
  return 0;
}

function readScopes(check: Check<RecoveryProps>): readonly FailureScope[] {
  const want = `a list of ${FAILURE_SCOPES.map((scope) => `"${scope}"`).join(", ")}`;
  const given = check.list<FailureScope>("scopes", want, undefined);
  given.forEach((scope, index) => {
    if (!FAILURE_SCOPES.includes(scope))
      check.nested("scopes", { [index]: scope }, [`${index}`]).oneOf(`${index}` as never, FAILURE_SCOPES);
  });
  if (check.clean && given.length === 0) check.issue("scopes", given, `${want}, at least one`);
  const twice = given.filter((scope, index) => given.indexOf(scope) !== index);
  for (const scope of new Set(twice)) check.issue("scopes", scope, "every scope once", "remove the second one");
  return FAILURE_SCOPES.filter((scope) => given.includes(scope));
}

function tryAvailability(check: Check<RecoveryProps>, value: unknown, scopes: readonly FailureScope[]): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !(value > 0 && value < 100)) {
    check.issue("availabilityPercent", value, "a number above 0 and below 100, such as 99.99", "nothing works always");
    return undefined;
  }
  if (scopes.length > 0 && scopes.every((scope) => scope === "operator-error")) {
    check.issue("availabilityPercent", value, "a scope with a failover: instance, zone or region", "add it to scopes");
  }
  return value;
}

function readMeasured(check: Check<Pick<RecoveryProps, "measuredRto">>, asOf: string): readonly MeasuredRto[] {
  const given = check.list<MeasuredRto>("measuredRto", "a list of scope, of, minutes, date and evidence", []);
  given.forEach((measured, index) => {
    const nested = check.nested<MeasuredRto>(`measuredRto.${index}`, measured, MEASURED);
    nested.oneOf("scope", FAILURE_SCOPES);
    nested.text("of", { want: "the Terraform address or construct path of what was recovered" });
    readMinutes(nested, "minutes", measured?.minutes);
    const date: unknown = measured?.date;
    if (!isDay(date)) nested.issue("date", date, "the day of the measurement as YYYY-MM-DD");
    else if (date > asOf) nested.issue("date", date, `a day not after ${asOf}`, "measure first, then give the date");
    nested.text("evidence", { pattern: /\S/, want: "where the measurement can be looked up" });
  });
  return given;
}
