import { isWithin } from "../paths";
import { providerName, type Inventory, type ResourceView } from "../facts/inventory";
import type { Provider } from "../provider";
import type { Issue } from "../spec/check";
import { judgeAvailability, type AvailabilityVerdict } from "./availability";
import { judgeGoal, unmatched, type Judging, type PriceOf } from "./judge-goal";
import { isJudged, type NotJudged, type Stateful } from "./stateful";
import { measuredRtoSpec, type MeasuredRto, type RecoverySpec } from "./target";
import type { FailureScope, RecoveryVerdict } from "./verdict";
import { AFTER, timeText } from "./words";

export interface RecoveryOptions {
  /** Today, YYYY-MM-DD: nothing here reads a clock. */
  readonly asOf: string;
  /**
   * Measurements for all targets.
   * @default - those of the targets only
   */
  readonly measured?: readonly MeasuredRto[];
  /**
   * What a mechanism would cost more a month; `pricer` makes one from the price books.
   * @default - no price is given
   */
  readonly priceOf?: PriceOf;
}

/** Something stateful for which nothing is there in some of the failures. */
export interface Uncovered extends NotJudged {
  /** The failures that nothing survives. */
  readonly scopes: readonly FailureScope[];
}

/** What became of the recovery targets of a stack. Plain JSON. */
export interface RecoveryJudgement {
  /** One for each target and scope. */
  readonly verdicts: readonly RecoveryVerdict[];
  /** One for each availability promise and scope with a failover. */
  readonly availability: readonly AvailabilityVerdict[];
  /** What holds data that nothing protects. */
  readonly uncovered: readonly Uncovered[];
  /** What holds data, but is not judged, with the reason. */
  readonly notJudged: readonly NotJudged[];
  /** Measurements that are of nothing stateful in this stack: a slip, or out of date. */
  readonly unmatched: readonly MeasuredRto[];
}

/** Providers of Terraform's own that hold nothing anywhere. */
const LOCAL_PROVIDERS: ReadonlySet<string> = new Set(["archive", "cloudinit", "local", "null", "random", "terraform", "time", "tls"]);

/** The failures in which data without any mechanism is named, whether or not a target asks. Another region is asked for by a target. */
const ALWAYS: readonly FailureScope[] = ["instance", "zone", "operator-error"];

/**
 * Holds every target against what the final Terraform JSON really has.
 * @throws IntentError when a measurement is malformed or from the future.
 */
export function judge(
  inventory: Inventory,
  providers: readonly Provider[],
  targets: readonly RecoverySpec[],
  { asOf, measured = [], priceOf = () => null }: RecoveryOptions,
): RecoveryJudgement {
  const { things, notJudged } = readStateful(inventory, providers);
  const judging: Judging = { things, measured: measuredRtoSpec(measured, "stack", asOf), priceOf };
  return {
    verdicts: targets.flatMap((target) => target.scopes.map((scope) => verdictOf(target, scope, judging))),
    availability: targets.flatMap((target) => judgeAvailability(target, judging)),
    uncovered: things.flatMap((thing) => uncovered(thing, targets)),
    notJudged,
    unmatched: unmatched([...measured, ...targets.flatMap((target) => target.measuredRto)], things),
  };
}

/** Everything that holds data, in the order of the JSON. */
export function readStateful(inventory: Inventory, providers: readonly Provider[]): { things: Stateful[]; notJudged: NotJudged[] } {
  const byName = new Map(providers.map((provider) => [provider.name, provider]));
  const things: Stateful[] = [];
  const notJudged: NotJudged[] = [];
  const unknown = new Set<string>();
  for (const resource of inventory.resources) {
    const name = providerName(resource.type);
    const recovery = byName.get(name)?.recovery;
    const reader = recovery !== undefined && Object.hasOwn(recovery, resource.type) ? recovery[resource.type] : undefined;
    const found = recovery === undefined ? tryUnknown(resource, name, unknown) : reader?.(resource, inventory);
    if (found === undefined) continue;
    if (isJudged(found)) things.push(found);
    else notJudged.push(found);
  }
  return { things, notJudged };
}

/** A provider that nothing is known of is named once. */
function tryUnknown({ path }: ResourceView, name: string, seen: Set<string>): NotJudged | undefined {
  if (LOCAL_PROVIDERS.has(name) || seen.has(name)) return undefined;
  seen.add(name);
  return { address: `${name}_*`, path, why: `the provider ${name} was not given, or does not say what holds data` };
}

function verdictOf(target: RecoverySpec, scope: FailureScope, judging: Judging): RecoveryVerdict {
  const { path, rpoMinutes, rtoMinutes } = target;
  return { path, scope, target: { rpoMinutes, rtoMinutes }, ...judgeGoal({ scope, rpoMinutes, rtoMinutes }, target, judging) };
}

function uncovered(thing: Stateful, targets: readonly RecoverySpec[]): readonly Uncovered[] {
  const { address, path, what, mechanisms } = thing;
  const asked = targets.filter((target) => isWithin(path, target.path)).flatMap(({ scopes }) => scopes);
  const scopes = [...new Set([...ALWAYS, ...asked])].filter((scope) => !mechanisms.some((use) => use.scopes.includes(scope)));
  const after = scopes.map((scope) => AFTER[scope]).join(", ");
  return scopes.length === 0 ? [] : [{ address, path, scopes, why: `nothing brings the ${what} back after ${after}` }];
}

/** What to tell when a target is not met; empty when all are. */
export function recoveryIssues({ verdicts, availability }: Pick<RecoveryJudgement, "verdicts" | "availability">): readonly Issue[] {
  const missed = verdicts.filter(({ status }) => status !== "ok").map((verdict) => issueOf(verdict, "recovery", targetText(verdict)));
  const down = availability.filter(({ status }) => status !== "ok").map((verdict) => issueOf(verdict, "availability", leftText(verdict)));
  return [...missed, ...down];
}

function issueOf(verdict: Pick<RecoveryVerdict, "scope" | "status" | "address" | "reason" | "nearest">, prop: string, want: string): Issue {
  const { scope, status, address, reason, nearest } = verdict;
  const price = nearest === undefined || nearest.usdPerMonth === null ? "no price known" : `${nearest.usdPerMonth} USD a month more`;
  const fix = nearest === undefined ? reason : `${reason}; nearest that would do: ${nearest.mechanism} (${price})`;
  return { prop: `${prop} ${scope}`, got: [status, ...(address === undefined ? [] : [address])].join(": "), want, fix };
}

function targetText({ path, scope, target }: RecoveryVerdict): string {
  const loss = target.rpoMinutes === 0 ? "nothing" : `at most ${timeText(target.rpoMinutes)}`;
  return `${loss} lost and back within ${timeText(target.rtoMinutes)} after ${AFTER[scope].replace(" its ", " a ")} in ${path}`;
}

function leftText({ path, minutesPerMonth, availabilityPercent }: AvailabilityVerdict): string {
  return `a failover within ${timeText(minutesPerMonth)} a month in ${path} (${availabilityPercent} %)`;
}
