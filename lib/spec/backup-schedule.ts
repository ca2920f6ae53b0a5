import { type Check, isToken, type KeysOf, nearest } from "./check";

/** How often backups are made. */
export type BackupFrequency = "hourly" | "daily" | "weekly" | "monthly";

export const FREQUENCIES = ["hourly", "daily", "weekly", "monthly"] as const satisfies readonly BackupFrequency[];

export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const satisfies readonly Weekday[];

/** How long backups are kept, and when they move to cheaper, slower storage. */
export interface RetentionProps {
  /** Days after which a backup is deleted: finite, and longer than the time to the next backup. */
  readonly retentionDays: number;
  /**
   * Days after which a backup moves to cold storage. It stays there for a minimum time that is billed in any case.
   * @default - never
   */
  readonly coldAfterDays?: number;
}

/** A copy of each backup of a schedule in another region. */
export interface BackupCopyProps extends Partial<RetentionProps> {
  /** The region, such as `eu-west-1`; never the region of the stack. */
  readonly region: string;
  /**
   * Days after which the copy is deleted.
   * @default - the retention of the schedule
   */
  readonly retentionDays?: number;
}

/** When something happens, in UTC. */
export interface CalendarProps {
  /** How often. */
  readonly frequency: BackupFrequency;
  /**
   * For `hourly`: hours from one to the next, a part of a day so that all gaps are equal: 1, 2, 3, 4, 6, 8 or 12.
   * @default 1
   */
  readonly everyHours?: number;
  /**
   * For all but `hourly`: time of day in UTC, such as `05:00`. Stay clear of the maintenance and backup windows of databases.
   * @default "05:00"
   */
  readonly at?: string;
  /**
   * For `weekly`: the day.
   * @default "sunday"
   */
  readonly weekday?: Weekday;
  /**
   * For `monthly`: the day of the month, 1 to 28.
   * @default 1
   */
  readonly dayOfMonth?: number;
}

export interface BackupScheduleProps extends CalendarProps, RetentionProps {
  /**
   * Minutes within which a backup has to begin, 60 to the time between two backups, at most 1440.
   * @default 60
   */
  readonly startWindowMinutes?: number;
  /**
   * Records changes continuously as well, so that any second can be restored. Only some sources can, for at most 35 days, without cold storage.
   * @default false
   */
  readonly pointInTime?: boolean;
  /**
   * Regions that get a copy of every backup.
   * @default []
   */
  readonly copyTo?: readonly BackupCopyProps[];
}

export interface CalendarSpec {
  readonly frequency: BackupFrequency;
  readonly everyHours?: number;
  readonly at?: string;
  readonly weekday?: Weekday;
  readonly dayOfMonth?: number;
}

export interface RetentionSpec {
  readonly retentionDays: number;
  readonly coldAfterDays?: number;
}

export interface BackupCopySpec extends RetentionSpec {
  readonly region: string;
}

export interface BackupScheduleSpec extends CalendarSpec, RetentionSpec {
  readonly name: string;
  readonly startWindowMinutes: number;
  readonly pointInTime: boolean;
  readonly copies: readonly BackupCopySpec[];
  /** What can be lost at worst: the time between two backups and the window in which one has to begin. */
  readonly rpoMinutes: number;
}

/** What the provider allows in a schedule. */
export interface ScheduleLimits {
  /** Longest retention in days. */
  readonly maxRetentionDays: number;
  /** Days a backup stays in cold storage at least. */
  readonly minColdDays: number;
  /** Longest retention of a schedule with point in time. */
  readonly maxPointInTimeDays: number;
  /** Region of the stack, when it is known at synth. */
  readonly region?: string;
  /** Regions that copies can go to; undefined when all can. */
  readonly copyRegions?: readonly string[];
  /** Words for those regions. */
  readonly copyWant?: string;
  /** Where the limits come from. */
  readonly source: string;
}

const HOUR = 60;
const DAY = 24 * HOUR;
const EVERY_HOURS = [1, 2, 3, 4, 6, 8, 12];
const TIME = { pattern: /^([01]\d|2[0-3]):[0-5]\d$/, want: 'a time of day in UTC such as "05:00"' };
const BACKUP_TIME = "05:00";
const REGION = { pattern: /^[a-z]{2}(-[a-z]+)+-\d$/, want: 'a region such as "eu-west-1"' };
const LONGEST_WINDOW = DAY;

const CALENDAR: Record<BackupFrequency, readonly (keyof CalendarProps)[]> = {
  hourly: ["frequency", "everyHours"],
  daily: ["frequency", "at"],
  weekly: ["frequency", "at", "weekday"],
  monthly: ["frequency", "at", "dayOfMonth"],
};

const SCHEDULE = ["retentionDays", "coldAfterDays", "startWindowMinutes", "pointInTime", "copyTo"] as const;
const COPY = { region: true, retentionDays: true, coldAfterDays: true } satisfies KeysOf<BackupCopyProps>;

/** The longest time between two backups, in minutes. */
export function intervalMinutes({ frequency, everyHours }: CalendarSpec): number {
  return { hourly: (everyHours ?? 1) * HOUR, daily: DAY, weekly: 7 * DAY, monthly: 31 * DAY }[frequency];
}

/** Opens the check of something that has a calendar: only the props of its frequency are known. */
export function calendarCheck<P extends CalendarProps>(parent: Check<object>, prop: string, props: P, more: readonly string[]): Check<P> {
  const known = CALENDAR[props?.frequency] ?? [...new Set(Object.values(CALENDAR).flat())];
  return parent.nested<P>(prop, props, [...known, ...more]);
}

/** Reads when something happens; what only another frequency has is no known prop and left out. */
export function readCalendar<P extends CalendarProps>(check: Check<P>, defaultAt: string): CalendarSpec {
  const frequency = check.oneOf("frequency", FREQUENCIES);
  if (frequency === "hourly") {
    const everyHours = check.integer("everyHours", { min: 1, max: 12, default: 1 });
    if (!EVERY_HOURS.includes(everyHours)) check.issue("everyHours", everyHours, `one of ${EVERY_HOURS.join(", ")}: equal parts of a day`);
    return { frequency, everyHours };
  }
  const at = check.text("at", { ...TIME, default: defaultAt });
  if (frequency === "weekly") return { frequency, at, weekday: check.oneOf("weekday", WEEKDAYS, "sunday") };
  if (frequency === "monthly") return { frequency, at, dayOfMonth: check.integer("dayOfMonth", { min: 1, max: 28, default: 1 }) };
  return { frequency, at };
}

/** Reads one schedule; problems are named `schedules.<name>.<prop>`. */
export function readSchedule(parent: Check<object>, name: string, props: BackupScheduleProps, limits: ScheduleLimits): BackupScheduleSpec {
  const check = calendarCheck(parent, `schedules.${name}`, props, SCHEDULE);
  const calendar = readCalendar(check, BACKUP_TIME);
  const interval = intervalMinutes(calendar);
  const longestWindow = Math.min(interval, LONGEST_WINDOW);
  const startWindowMinutes = check.integer("startWindowMinutes", {
    min: HOUR,
    max: longestWindow,
    default: HOUR,
    source: "at most until the next backup",
  });
  const rpoMinutes = interval + startWindowMinutes;
  const least = Math.ceil(rpoMinutes / DAY);
  const retention = readRetention(check, props, { least, limits });
  const pointInTime = check.flag("pointInTime", false);
  if (pointInTime) checkPointInTime(check, retention, limits);
  const copies = readCopies(check, { retention, least, limits });
  return { name, ...calendar, ...retention, startWindowMinutes, pointInTime, copies, rpoMinutes };
}

interface RetentionPlace {
  /** Days until the next backup is there for sure. */
  readonly least: number;
  readonly limits: ScheduleLimits;
  /** What holds when nothing is given. */
  readonly fallback?: RetentionSpec;
}

function readRetention<P extends Partial<RetentionProps>>(
  check: Check<P>,
  props: P,
  { least, limits, fallback }: RetentionPlace,
): RetentionSpec {
  const max = limits.maxRetentionDays;
  const given: unknown = props?.retentionDays;
  if (isEndless(given)) {
    check.issue("retentionDays", given, "a finite number of days: what is kept for ever has no price", "say how long, such as 3650");
    return { retentionDays: max };
  }
  const retentionDays = check.integer("retentionDays", { min: 1, max, default: fallback?.retentionDays, source: limits.source });
  if (given === retentionDays && retentionDays < least) {
    const want = `${least} or more: a backup has to outlive the time until the next one has begun`;
    check.issue("retentionDays", retentionDays, want, "keep backups longer, or make them more often");
  }
  const inherited = given === undefined ? fallback?.coldAfterDays : undefined;
  const coldAfterDays = check.tryInteger("coldAfterDays", { min: 1, max, default: inherited, source: limits.source });
  if (coldAfterDays === undefined) return { retentionDays };
  const warmAndCold = coldAfterDays + limits.minColdDays;
  if (given === retentionDays && retentionDays < warmAndCold) {
    const want = `${warmAndCold} or more with coldAfterDays ${coldAfterDays}: ${limits.minColdDays} days of cold storage at least (${limits.source})`;
    check.issue("retentionDays", retentionDays, want, "keep backups longer, or leave out coldAfterDays");
  }
  return { retentionDays, coldAfterDays };
}

function isEndless(days: unknown): boolean {
  return (
    days === Infinity ||
    days === -1 ||
    (typeof days === "string" && /^(unlimited|infinite|infinity|forever|for ever|always|∞)$/i.test(days))
  );
}

function checkPointInTime(check: Check<BackupScheduleProps>, retention: RetentionSpec, limits: ScheduleLimits): void {
  const max = limits.maxPointInTimeDays;
  if (retention.retentionDays > max) {
    const fix = "use a second schedule without pointInTime for what is kept longer";
    check.issue("retentionDays", retention.retentionDays, `${max} or less with pointInTime (${limits.source})`, fix);
  }
  if (retention.coldAfterDays !== undefined) {
    const fix = "use a second schedule without pointInTime for cold storage";
    check.issue("coldAfterDays", retention.coldAfterDays, `nothing with pointInTime (${limits.source})`, fix);
  }
}

function readCopies(check: Check<BackupScheduleProps>, place: RetentionPlace & { retention: RetentionSpec }): readonly BackupCopySpec[] {
  const copies = check.list<BackupCopyProps>("copyTo", "a list of copies such as { region }", []).map((copy, index) => {
    const inner = check.nested<BackupCopyProps>(`copyTo.${index}`, copy, COPY);
    const region = inner.text("region", REGION);
    if (!isToken(region) && REGION.pattern.test(region)) checkCopyRegion(inner, region, place.limits);
    return { region, ...readRetention(inner, copy, { ...place, fallback: place.retention }) };
  });
  const regions = copies.map((copy) => copy.region);
  for (const region of new Set(regions.filter((name, index) => name !== "" && regions.indexOf(name) !== index))) {
    check.issue("copyTo", region, "every region once", "remove the second one");
  }
  return copies;
}

function checkCopyRegion(check: Check<BackupCopyProps>, region: string, limits: ScheduleLimits): void {
  if (limits.region === undefined) {
    const want = "a stack whose region is known at synth, to be sure that the copy is elsewhere";
    check.issue("region", region, want, "give the provider of the stack a literal region");
  } else if (region === limits.region) {
    const fix = "a copy in the same region is lost together with it: choose another one";
    check.issue("region", region, `another region than that of the stack, ${limits.region}`, fix);
  } else if (limits.copyRegions !== undefined && !limits.copyRegions.includes(region)) {
    check.issue("region", region, limits.copyWant ?? "a region that copies can go to", nearest(region, limits.copyRegions));
  }
}
