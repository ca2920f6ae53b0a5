import { type Check } from "./check";
import { WEEKDAYS, type Weekday } from "./weekday";

/** How often backups are made. */
export type BackupFrequency = "hourly" | "daily" | "weekly" | "monthly";

export const FREQUENCIES = ["hourly", "daily", "weekly", "monthly"] as const satisfies readonly BackupFrequency[];

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
   * @default "Sunday"
   */
  readonly weekday?: Weekday;
  /**
   * For `monthly`: the day of the month, 1 to 28.
   * @default 1
   */
  readonly dayOfMonth?: number;
}

export interface CalendarSpec {
  readonly frequency: BackupFrequency;
  readonly everyHours?: number;
  readonly at?: string;
  readonly weekday?: Weekday;
  readonly dayOfMonth?: number;
}

/** What the provider allows in a calendar. */
export interface CalendarLimits {
  /**
   * How often it can be, and why not otherwise.
   * @default - all of them
   */
  readonly frequencies?: { readonly allowed: readonly BackupFrequency[]; readonly why: string };
  /**
   * Times of day.
   * @default - every minute
   */
  readonly at?: { readonly pattern: RegExp; readonly want: string; readonly default: string };
}

export const HOUR = 60;
export const DAY = 24 * HOUR;
const EVERY_HOURS = [1, 2, 3, 4, 6, 8, 12];
const TIME = { pattern: /^([01]\d|2[0-3]):[0-5]\d$/, want: 'a time of day in UTC such as "05:00"' };

const CALENDAR: Record<BackupFrequency, readonly (keyof CalendarProps)[]> = {
  hourly: ["frequency", "everyHours"],
  daily: ["frequency", "at"],
  weekly: ["frequency", "at", "weekday"],
  monthly: ["frequency", "at", "dayOfMonth"],
};

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
export function readCalendar<P extends CalendarProps>(check: Check<P>, defaultAt: string, limits: CalendarLimits = {}): CalendarSpec {
  const { allowed = FREQUENCIES, why } = limits.frequencies ?? {};
  const frequency = check.oneOf<BackupFrequency>("frequency", allowed, undefined, why);
  if (frequency === "hourly") {
    if (check.lacks("everyHours")) return { frequency };
    const everyHours = check.integer("everyHours", { min: 1, max: 12, default: 1 });
    if (!EVERY_HOURS.includes(everyHours)) check.issue("everyHours", everyHours, `one of ${EVERY_HOURS.join(", ")}: equal parts of a day`);
    return { frequency, everyHours };
  }
  const at = check.text("at", { ...TIME, default: defaultAt, ...limits.at });
  if (frequency === "weekly") return { frequency, at, weekday: check.oneOf("weekday", WEEKDAYS, "Sunday") };
  if (frequency === "monthly") return { frequency, at, dayOfMonth: check.integer("dayOfMonth", { min: 1, max: 28, default: 1 }) };
  return { frequency, at };
}
