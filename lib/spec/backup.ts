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
import { readSchedule, type BackupScheduleProps, type BackupScheduleSpec, type ScheduleLimits } from "./backup-schedule";
import { type Check, type KeysOf } from "./check";
import { openCheck, PROFILES, type CommonProps, type Profile, type SpecContext } from "./context";

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

export interface BackupSpec {
  readonly profile: Profile;
  /** What is backed up: Terraform addresses where this stack manages it, identifiers of the provider otherwise; sorted. */
  readonly sources: readonly string[];
  readonly selectLabels: Partial<LabelSet>;
  readonly schedules: readonly BackupScheduleSpec[];
  readonly lock: BackupLockSpec;
  readonly restoreTesting?: RestoreTestingSpec;
  /** What can be lost at worst: the smallest of the schedules. */
  readonly rpoMinutes: number;
}

/** Something that holds data. */
export interface HeldData {
  /** Terraform address or identifier of the provider. */
  readonly id: string;
  /** Its kind in the words of the provider; undefined when that cannot be told. */
  readonly type?: string;
}

/** What a provider can do for one kind of data. */
export interface DataSupport {
  /** The kind in words, such as "Amazon RDS databases". */
  readonly title: string;
  /** Schedules that may move it to cold storage. */
  readonly cold: "always" | "monthly" | "never";
  readonly pointInTime: boolean;
}

/** What the provider allows. */
export interface BackupLimits<Source> extends ScheduleLimits, ProtectionLimits {
  /** Most sources of one policy. */
  readonly maxSources: number;
  /** Names that a schedule may have. */
  readonly scheduleName: { readonly pattern: RegExp; readonly want: string };
  /** What a label value may look like at the provider. */
  readonly labelValue: { readonly pattern: RegExp; readonly want: string };
  readonly support: Readonly<Record<string, DataSupport>>;
  /** What a source holds; undefined when it is no source at all. */
  held(source: Source): readonly HeldData[] | undefined;
}

const KNOWN = {
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
  const check = openCheck<BackupProps<Source, Type>>(props, KNOWN, context) as Check<object> as Check<BackupProps>;
  const profile = check.oneOf("profile", PROFILES, context.profile);
  const held = readSources(check, limits);
  const selectLabels = readLabels(check, props?.selectLabels, limits);
  if ((props?.sources === undefined || props.sources?.length === 0) && props?.selectLabels === undefined) {
    check.issue("sources", props?.sources, "one source or more", "give sources, or select by label with selectLabels");
  }
  const schedules = readSchedules(check, props?.schedules, limits);
  const types = [...new Set(held.flatMap(({ type }) => (type === undefined ? [] : [type])))].sort();
  checkSupport(check, schedules, types, limits);
  const rpoMinutes = Math.min(...schedules.map((schedule) => schedule.rpoMinutes));
  const restoreTesting = readRestoreTesting(check, props?.restoreTesting, { types, rpoMinutes, limits });
  const lock = readLock(check, props?.lock, { profile, schedules, limits });
  return check.done({
    profile,
    sources: held.map(({ id }) => id).sort(),
    selectLabels,
    schedules,
    lock,
    ...(restoreTesting && { restoreTesting }),
    rpoMinutes,
  });
}

function readSources<Source>(check: Check<BackupProps>, limits: BackupLimits<Source>): readonly HeldData[] {
  const want = "a list of things that hold data, such as [memory, vm]";
  const sources = check.list<Source>("sources", want, []);
  const held = sources.flatMap((source, index) => {
    const found = limits.held(source);
    if (found === undefined)
      check.issue(`sources.${index}`, source, "something that holds data, such as a database or a VM with a data volume");
    else if (found.length === 0) {
      check.issue(`sources.${index}`, [], "a source that holds data", "remove it, or give it something to hold, such as a data volume");
    }
    return found ?? [];
  });
  const ids = held.map(({ id }) => id);
  for (const id of new Set(ids.filter((name, index) => ids.indexOf(name) !== index))) {
    check.issue("sources", id, "every source once", "remove the second one");
  }
  if (held.length > limits.maxSources) {
    check.issue("sources", held.length, `${limits.maxSources} or fewer (${limits.source})`, "select by label with selectLabels");
  }
  return held;
}

function readLabels(check: Check<BackupProps>, given: Partial<LabelSet> | undefined, limits: BackupLimits<never>): Partial<LabelSet> {
  if (given === undefined) return {};
  const labels = check.nested<Partial<LabelSet>>("selectLabels", given, LABEL_KEYS);
  const entries = LABEL_KEYS.map((key) => [key, labels.tryText(key, limits.labelValue)] as const).filter(
    ([, value]) => value !== undefined,
  );
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
  const byTime = new Map<string, string>();
  return entries.map(([name, props]) => {
    if (!limits.scheduleName.pattern.test(name)) check.issue("schedules", name, limits.scheduleName.want);
    const schedule = readSchedule(check as Check<object>, name, props, limits);
    const time = [schedule.frequency, schedule.everyHours, schedule.at, schedule.weekday, schedule.dayOfMonth].join(" ");
    const twin = byTime.get(time);
    if (twin !== undefined && props?.frequency === schedule.frequency)
      check.issue(`schedules.${name}`, time.trim().replace(/ +/g, " "), `another time than ${twin}`, "merge the two");
    byTime.set(time, twin ?? name);
    return schedule;
  });
}

/** What a kind of data cannot do is refused, because the provider would leave it out without a word. */
function checkSupport(
  check: Check<BackupProps>,
  schedules: readonly BackupScheduleSpec[],
  types: readonly string[],
  limits: BackupLimits<never>,
): void {
  for (const { title, cold, pointInTime } of types.map((type) => limits.support[type] as DataSupport)) {
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
