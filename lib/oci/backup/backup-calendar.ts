import type { CoreVolumeBackupPolicySchedules } from "../bindings/core-volume-backup-policy";
import { HOUR, intervalMinutes, type BackupFrequency, type CalendarSpec } from "../../spec/backup-calendar";
import type { BackupScheduleSpec } from "../../spec/backup-schedule";
import { WEEKDAYS } from "../../spec/weekday";

/** Source: VolumeBackupSchedule in the OCI Core Services API reference, read 2026-11-21. */
const PERIOD = {
  hourly: "ONE_HOUR",
  daily: "ONE_DAY",
  weekly: "ONE_WEEK",
  monthly: "ONE_MONTH",
} satisfies Record<BackupFrequency, string>;

const FREQUENCIES = Object.keys(PERIOD) as BackupFrequency[];

/**
 * How late a backup may begin: "up to several hours" and no number (https://docs.oracle.com/en-us/iaas/Content/Block/Tasks/schedulingvolumebackups.htm,
 * read 2026-11-21). Five hours is how this library reads it.
 */
export const DELAY_MINUTES = 5 * HOUR;

const DAY_SECONDS = 86400;

/** Longest retention: it is a 32 bit number of seconds. Source: VolumeBackupSchedule.retentionSeconds of the OCI Java SDK, read 2026-11-21. */
export const MAX_RETENTION_DAYS = Math.floor((2 ** 31 - 1) / DAY_SECONDS);

type Calendar = Pick<
  CoreVolumeBackupPolicySchedules,
  "period" | "offsetType" | "offsetSeconds" | "hourOfDay" | "dayOfWeek" | "dayOfMonth" | "timeZone"
>;

/** The calendar as OCI says it, in UTC. */
export function periodOf({ frequency, at, weekday, dayOfMonth }: CalendarSpec): Calendar {
  const period = PERIOD[frequency];
  if (at === undefined) return { period, offsetType: "NUMERIC_SECONDS", offsetSeconds: 0, timeZone: "UTC" };
  const hourOfDay = Number(at.slice(0, 2));
  return { period, offsetType: "STRUCTURED", hourOfDay, dayOfWeek: weekday?.toUpperCase(), dayOfMonth, timeZone: "UTC" };
}

/** Days as seconds, which OCI keeps backups for. */
export function retentionSeconds(days: number): number {
  return days * DAY_SECONDS;
}

type Attributes = Readonly<Record<string, unknown>>;

/** The schedule that OCI's words say. */
export function readPeriod(schedule: Attributes): Omit<BackupScheduleSpec, "copies"> {
  const { period, hour_of_day: hour, day_of_week: day, day_of_month: dayOfMonth, retention_seconds: seconds } = schedule;
  const frequency = FREQUENCIES.find((name) => PERIOD[name] === period) ?? "daily";
  const weekday = WEEKDAYS.find((name) => name.toUpperCase() === day);
  return {
    name: frequency,
    frequency,
    ...(hour !== undefined && { at: `${String(hour as number).padStart(2, "0")}:00` }),
    ...(weekday && { weekday }),
    ...(dayOfMonth !== undefined && { dayOfMonth: Number(dayOfMonth) }),
    retentionDays: Number(seconds) / DAY_SECONDS,
    rpoMinutes: intervalMinutes({ frequency }) + DELAY_MINUTES,
  };
}
