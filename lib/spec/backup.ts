import { LABEL_KEYS, type LabelSet } from "../labels";
import {
  readLock,
  readRestoreTesting,
  type BackupLockProps,
  type BackupLockSpec,
  type ProtectionLimits,
  type RestoreTestingProps,
  type RestoreTestingSpec,
} from "./backup-protection";
import type { BackupCopyProps } from "./backup-copy";
import { readSchedule, type BackupScheduleProps, type BackupScheduleSpec, type ScheduleLimits } from "./backup-schedule";
import { checkOwnBackups, readSources, type SourceLimits } from "./backup-source";
import { type Check, type KeysOf } from "./check";
import { openCheck, PROFILES, type CommonProps, type Lacks, type Profile, type SpecContext } from "./context";

export interface BackupProps<Source = unknown, Type extends string = string> extends CommonProps {
  /**
   * What is backed up.
   * @default - nothing but what `selectLabels` selects
   */
  readonly sources?: readonly Source[];
  /**
   * Backs up everything in the account and region that has all of these labels, now and later.
   * @default - nothing but the sources
   */
  readonly selectLabels?: Partial<LabelSet>;
  /** When backups are made and how long they are kept, by name. */
  readonly schedules: Readonly<Record<string, BackupScheduleProps>>;
  /**
   * Who may delete backups before their time.
   * @default - `governance` in production, `none` in a sandbox
   */
  readonly lock?: BackupLockProps;
  /**
   * Regular test restores.
   * @default - none
   */
  readonly restoreTesting?: RestoreTestingProps<Type>;
}

/** A field is absent when the provider has no such thing. */
export interface BackupSpec {
  readonly profile?: Profile;
  /**
   * What is backed up: Terraform addresses where this stack manages it, identifiers of the provider otherwise; sorted. What makes its own
   * backups is not among them.
   */
  readonly sources: readonly string[];
  readonly selectLabels?: Partial<LabelSet>;
  readonly schedules: readonly BackupScheduleSpec[];
  readonly lock?: BackupLockSpec;
  readonly restoreTesting?: RestoreTestingSpec;
  /** What can be lost at worst: the smallest of the schedules. */
  readonly rpoMinutes: number;
}

/** The spec for a provider that lacks nothing of it. */
export type WholeBackupSpec = BackupSpec & Required<Pick<BackupSpec, "profile" | "selectLabels" | "lock">>;

/** What a provider can do for one kind of data. */
export interface DataSupport {
  /** The kind in words, such as "Amazon RDS databases". */
  readonly title: string;
  /** Schedules that may move it to cold storage. */
  readonly cold: "always" | "monthly" | "never";
  readonly pointInTime: boolean;
}

/** Props inside of others that the provider cannot honour, each with the reason. */
export interface NestedLacks {
  readonly schedule?: Lacks<BackupScheduleProps>;
  readonly copy?: Lacks<BackupCopyProps>;
  readonly lock?: Lacks<BackupLockProps>;
}

/** What the provider allows. */
export interface BackupLimits<Source> extends ScheduleLimits, ProtectionLimits, SourceLimits<Source> {
  /** Names that a schedule may have. */
  readonly scheduleName: { readonly pattern: RegExp; readonly want: string; readonly asFrequency?: boolean };
  /**
   * Most schedules of one policy.
   * @default - any number
   */
  readonly maxSchedules?: number;
  /**
   * Whether all schedules copy to the same region.
   * @default false
   */
  readonly oneCopyRegion?: boolean;
  /** What a label value may look like at the provider; undefined where nothing is selected by label. */
  readonly labelValue?: { readonly pattern: RegExp; readonly want: string };
  /** By kind of data, where kinds differ. */
  readonly support?: Readonly<Record<string, DataSupport>>;
  readonly lacks?: NestedLacks;
}

/** The props that are the same on every provider that has them. */
export const BACKUP_PROPS = {
  profile: true,
  sources: true,
  selectLabels: true,
  schedules: true,
  lock: true,
  restoreTesting: true,
} satisfies KeysOf<BackupProps>;

/**
 * The backup policy after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function backupSpec<Source, Type extends string>(
  props: BackupProps<Source, Type>,
  context: SpecContext,
  limits: BackupLimits<Source>,
): BackupSpec {
  const check = openCheck<BackupProps<Source, Type>>(
    props,
    BACKUP_PROPS,
    withNested(context, props, limits.lacks),
  ) as Check<object> as Check<BackupProps>;
  const profile = check.oneOf("profile", PROFILES, context.profile);
  const held = readSources(check, props, limits);
  const selectLabels = check.unlessLacking("selectLabels", () => readLabels(check, props?.selectLabels, limits));
  const schedules = readSchedules(check, props?.schedules, limits);
  const types = [...new Set(held.flatMap(({ type }) => (type === undefined ? [] : [type])))].sort();
  checkSupport(check, schedules, types, limits);
  checkOwnBackups(check as Check<object>, held, schedules);
  const rpoMinutes = Math.min(...schedules.map((schedule) => schedule.rpoMinutes));
  const restoreTesting = check.unlessLacking("restoreTesting", () =>
    readRestoreTesting(check, props?.restoreTesting, { types, rpoMinutes, limits }),
  );
  const lock = check.unlessLacking("lock", () => readLock(check, props?.lock, { profile, schedules, limits }));
  return check.done({
    ...(!check.lacks("profile") && { profile }),
    sources: held.flatMap(({ id, own }) => (own === undefined ? [id] : [])).sort(),
    ...(selectLabels && { selectLabels }),
    schedules,
    ...(lock && { lock }),
    ...(restoreTesting && { restoreTesting }),
    rpoMinutes,
  });
}

/** What a provider lacks inside of schedules, copies and the lock, by the names that the props have here. */
function withNested(context: SpecContext, props: BackupProps, nested: NestedLacks = {}): SpecContext {
  const named = (prefix: string, lacks: Readonly<Record<string, string | undefined>> = {}) =>
    Object.entries(lacks).map(([prop, why]) => [`${prefix}.${prop}`, why] as const);
  const schedules = Object.entries(props?.schedules ?? {}).flatMap(([name, schedule]) => [
    ...named(`schedules.${name}`, nested.schedule),
    ...(Array.isArray(schedule?.copyTo) ? schedule.copyTo : []).flatMap((_, index) =>
      named(`schedules.${name}.copyTo.${index}`, nested.copy),
    ),
  ]);
  return { ...context, lacks: { ...context.lacks, ...Object.fromEntries([...schedules, ...named("lock", nested.lock)]) } };
}

function readLabels(check: Check<BackupProps>, given: Partial<LabelSet> | undefined, limits: BackupLimits<never>): Partial<LabelSet> {
  if (given === undefined) return {};
  const labels = check.nested<Partial<LabelSet>>("selectLabels", given, LABEL_KEYS);
  const value = limits.labelValue ?? { want: "text" };
  const entries = LABEL_KEYS.map((key) => [key, labels.tryText(key, value)] as const).filter(([, value]) => value !== undefined);
  if (entries.length === 0) check.issue("selectLabels", given, "one label or more", 'such as { dataClass: "personal" }');
  return Object.fromEntries(entries);
}

function readSchedules(
  check: Check<BackupProps>,
  given: Readonly<Record<string, BackupScheduleProps>> | undefined,
  limits: BackupLimits<never>,
): readonly BackupScheduleSpec[] {
  const usable = typeof given === "object" && given !== null && !Array.isArray(given);
  const entries = Object.entries(usable ? given : {});
  if (entries.length === 0) {
    check.issue("schedules", given, "one named schedule or more", 'such as { nightly: { frequency: "daily", retentionDays: 35 } }');
  }
  const { maxSchedules = Infinity, scheduleName } = limits;
  if (entries.length > maxSchedules) {
    const names = entries.map(([name]) => name);
    check.issue("schedules", names, `${maxSchedules} schedule at most (${limits.source})`, "keep the one that you need most");
  }
  const byTime = new Map<string, string>();
  const schedules = entries.map(([name, props]) => {
    if (!scheduleName.pattern.test(name)) check.issue("schedules", name, scheduleName.want);
    const schedule = readSchedule(check as Check<object>, name, props, limits);
    if (scheduleName.asFrequency === true && name !== schedule.frequency && scheduleName.pattern.test(name)) {
      check.issue("schedules", name, `"${schedule.frequency}", as its frequency: ${scheduleName.want}`);
    }
    const time = [schedule.frequency, schedule.everyHours, schedule.at, schedule.weekday, schedule.dayOfMonth].join(" ");
    const twin = byTime.get(time);
    if (twin !== undefined && props?.frequency === schedule.frequency)
      check.issue(`schedules.${name}`, time.trim().replace(/ +/g, " "), `another time than ${twin}`, "merge the two");
    byTime.set(time, twin ?? name);
    return schedule;
  });
  if (limits.oneCopyRegion === true) checkOneCopyRegion(check, schedules, limits);
  return schedules;
}

function checkOneCopyRegion(check: Check<BackupProps>, schedules: readonly BackupScheduleSpec[], { source }: BackupLimits<never>): void {
  const [first, ...others] = schedules.map(({ name, copies = [] }) => ({ name, regions: copies.map(({ region }) => region).join(", ") }));
  for (const { name, regions } of others) {
    if (regions === first?.regions) continue;
    const want = `the same region as ${first?.name} (${first?.regions || "none"}): a policy copies all of its backups or none (${source})`;
    check.issue(`schedules.${name}.copyTo`, regions === "" ? undefined : regions, want);
  }
}

/** What a kind of data cannot do is refused, because the provider would leave it out without a word. */
function checkSupport(
  check: Check<BackupProps>,
  schedules: readonly BackupScheduleSpec[],
  types: readonly string[],
  limits: BackupLimits<never>,
): void {
  for (const { title, cold, pointInTime } of types.flatMap((type) => limits.support?.[type] ?? [])) {
    for (const schedule of schedules) {
      const prop = `schedules.${schedule.name}`;
      const fix = "put what can do it into a policy of its own";
      if (schedule.pointInTime && !pointInTime)
        check.issue(`${prop}.pointInTime`, true, `false: ${title} have no point in time (${limits.source})`, fix);
      if (schedule.coldAfterDays === undefined || cold === "always") continue;
      if (cold === "never")
        check.issue(`${prop}.coldAfterDays`, schedule.coldAfterDays, `nothing: ${title} have no cold storage (${limits.source})`, fix);
      else if (schedule.frequency !== "monthly") {
        const want = `nothing unless frequency is "monthly": so it is for ${title} (${limits.source})`;
        check.issue(`${prop}.coldAfterDays`, schedule.coldAfterDays, want, "use a monthly schedule for cold storage");
      }
    }
  }
}
