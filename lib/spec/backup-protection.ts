import { calendarCheck, readCalendar, type CalendarProps, type CalendarSpec } from "./backup-calendar";
import type { BackupScheduleSpec } from "./backup-schedule";
import { type Check, type KeysOf } from "./check";
import type { Profile } from "./context";

/**
 * Who may delete backups before their time. `none`: whoever may delete backups; `governance`: only who may remove the lock;
 * `compliance`: nobody, not even the owner of the account, once the lock can no longer be changed.
 */
export type LockMode = "none" | "governance" | "compliance";

export const LOCK_MODES = ["none", "governance", "compliance"] as const satisfies readonly LockMode[];

export interface BackupLockProps {
  readonly mode: LockMode;
  /**
   * For `compliance`: days in which the lock can still be changed or removed. After that the vault and every backup in it stay, and are paid for,
   * until the retention of the backups is over.
   */
  readonly changeableForDays?: number;
  /**
   * Shortest retention that the vault takes, in days.
   * @default - the shortest of the schedules and copies
   */
  readonly minRetentionDays?: number;
  /**
   * Longest retention that the vault takes, in days.
   * @default - the longest of the schedules and copies
   */
  readonly maxRetentionDays?: number;
}

/** Regular proof that backups can be restored: the newest backup is restored, kept for a while, and deleted again. */
export interface RestoreTestingProps<Type extends string = string> extends Omit<CalendarProps, "frequency" | "everyHours" | "at"> {
  /** How often. */
  readonly frequency: "daily" | "weekly" | "monthly";
  /**
   * Time of day in UTC.
   * @default "08:00"
   */
  readonly at?: string;
  /**
   * What kinds of things are restored, in the words of the provider.
   * @default - the kinds of the sources; needed when a policy selects by label only
   */
  readonly types?: readonly Type[];
  /**
   * Hours for which what was restored is kept, so that it can be looked at; 1 to 168. It costs as much as the original.
   * @default 1
   */
  readonly validationHours?: number;
}

export interface BackupLockSpec {
  readonly mode: LockMode;
  readonly changeableForDays?: number;
  readonly minRetentionDays?: number;
  readonly maxRetentionDays?: number;
}

export interface RestoreTestingSpec extends CalendarSpec {
  readonly types: readonly string[];
  readonly validationHours: number;
  /** Days back in which the newest backup is looked for. */
  readonly selectionDays: number;
}

/** What the provider allows. */
export interface ProtectionLimits {
  /** Kinds of data that the provider knows. */
  readonly types: readonly string[];
  /** Longest retention in days. */
  readonly maxRetentionDays: number;
  /**
   * Shortest `changeableForDays`.
   * @default 1
   */
  readonly minChangeableDays?: number;
  /** Where the limits come from. */
  readonly source: string;
}

const KNOWN_LOCK = {
  mode: true,
  changeableForDays: true,
  minRetentionDays: true,
  maxRetentionDays: true,
} satisfies KeysOf<BackupLockProps>;
const RESTORE_FREQUENCIES: readonly string[] = ["daily", "weekly", "monthly"];
const RESTORE_TIME = "08:00";
const DAY = 24 * 60;

interface RestorePlace {
  /** Kinds of the sources. */
  readonly types: readonly string[];
  readonly rpoMinutes: number;
  readonly limits: ProtectionLimits;
}

/** Reads the prop `restoreTesting`; problems are named `restoreTesting.<prop>`. */
export function readRestoreTesting(
  parent: Check<object>,
  given: RestoreTestingProps | undefined,
  { types: ofSources, rpoMinutes, limits }: RestorePlace,
): RestoreTestingSpec | undefined {
  if (given === undefined) return undefined;
  const check = calendarCheck<RestoreTestingProps>(parent, "restoreTesting", given, ["types", "validationHours"]);
  const calendar = readCalendar(check, RESTORE_TIME);
  if (!RESTORE_FREQUENCIES.includes(calendar.frequency)) {
    check.issue("frequency", calendar.frequency, `one of ${RESTORE_FREQUENCIES.map((word) => `"${word}"`).join(", ")}`);
  }
  const known = limits.types;
  const types = check.list<string>("types", `a list of ${known.join(", ")}`, ofSources);
  for (const type of types) if (!known.includes(type)) check.issue("types", type, `one of ${known.join(", ")}`);
  if (new Set(types).size !== types.length) check.issue("types", types, "every type once");
  if (types.length === 0) check.issue("types", types, `one or more of ${known.join(", ")}`, "say what kinds of things are to be restored");
  const validationHours = check.integer("validationHours", { min: 1, max: 168, default: 1, source: limits.source });
  const selectionDays = Math.min(365, Math.ceil(rpoMinutes / DAY) + 1);
  return { ...calendar, types: [...types].sort(), validationHours, selectionDays };
}

interface LockPlace {
  readonly profile: Profile;
  readonly schedules: readonly BackupScheduleSpec[];
  readonly limits: ProtectionLimits;
}

/** Reads the prop `lock`; problems are named `lock.<prop>`. */
export function readLock(
  parent: Check<object>,
  given: BackupLockProps | undefined,
  { profile, schedules, limits }: LockPlace,
): BackupLockSpec {
  const props = given ?? { mode: profile === "production" ? "governance" : "none" };
  const check = parent.nested<BackupLockProps>("lock", props, props?.mode === "none" ? ["mode"] : KNOWN_LOCK);
  const mode = check.oneOf("mode", LOCK_MODES);
  if (mode === "none" || schedules.length === 0) return { mode };
  const range = check.unlessLacking("minRetentionDays", () => readLockRange(check, schedules, limits));
  const spec = { mode, ...range };
  if (mode === "compliance") {
    if (profile === "sandbox") check.issue("mode", mode, '"none" or "governance" when profile is "sandbox": nobody could throw it away');
    const days = { min: limits.minChangeableDays ?? 1, max: limits.maxRetentionDays, source: limits.source };
    const changeableForDays = check.unlessLacking("changeableForDays", () => check.integer("changeableForDays", days));
    return { ...spec, ...(changeableForDays !== undefined && { changeableForDays }) };
  }
  if (props.changeableForDays !== undefined && !check.lacks("changeableForDays"))
    check.issue("changeableForDays", props.changeableForDays, 'nothing unless mode is "compliance"', "remove it");
  return spec;
}

/** The shortest and the longest retention that the lock takes. */
function readLockRange(check: Check<BackupLockProps>, schedules: readonly BackupScheduleSpec[], limits: ProtectionLimits) {
  const retentions = schedules
    .flatMap((schedule) => [schedule, ...(schedule.copies ?? [])])
    .flatMap(({ retentionDays }) => retentionDays ?? []);
  const [shortest, longest] = [Math.min(...retentions), Math.max(...retentions)];
  const range = { min: 1, max: limits.maxRetentionDays, source: limits.source };
  const minRetentionDays = check.integer("minRetentionDays", { ...range, default: shortest });
  const maxRetentionDays = check.integer("maxRetentionDays", { ...range, default: longest });
  if (minRetentionDays > shortest)
    check.issue("minRetentionDays", minRetentionDays, `${shortest} or less: the shortest retention of the schedules`);
  if (maxRetentionDays < longest)
    check.issue("maxRetentionDays", maxRetentionDays, `${longest} or more: the longest retention of the schedules`);
  return { minRetentionDays, maxRetentionDays };
}
