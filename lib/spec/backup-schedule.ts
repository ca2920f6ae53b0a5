import {
  calendarCheck,
  DAY,
  HOUR,
  intervalMinutes,
  readCalendar,
  type CalendarLimits,
  type CalendarProps,
  type CalendarSpec,
} from "./backup-calendar";
import { readCopies, type BackupCopyProps, type BackupCopySpec, type CopyLimits } from "./backup-copy";
import { readRetention, type RetentionProps, type RetentionSpec } from "./backup-retention";
import { type Check } from "./check";

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

export interface BackupScheduleSpec extends CalendarSpec, RetentionSpec {
  readonly name: string;
  readonly startWindowMinutes?: number;
  readonly pointInTime?: boolean;
  readonly copies?: readonly BackupCopySpec[];
  /** What can be lost at worst: the time between two backups, and until one has begun. */
  readonly rpoMinutes: number;
}

/** What the provider allows in a schedule. */
export interface ScheduleLimits extends CalendarLimits, CopyLimits {
  /**
   * Longest retention of a schedule with point in time.
   * @default - as any other
   */
  readonly maxPointInTimeDays?: number;
  /**
   * Minutes that a backup may begin late, where nobody can say how many.
   * @default 0
   */
  readonly startDelayMinutes?: number;
}

const BACKUP_TIME = "05:00";
const LONGEST_WINDOW = DAY;

const SCHEDULE = ["retentionDays", "coldAfterDays", "startWindowMinutes", "pointInTime", "copyTo"] as const;

/** Reads one schedule; problems are named `schedules.<name>.<prop>`. */
export function readSchedule(parent: Check<object>, name: string, props: BackupScheduleProps, limits: ScheduleLimits): BackupScheduleSpec {
  const check = calendarCheck(parent, `schedules.${name}`, props, SCHEDULE);
  const calendar = readCalendar(check, BACKUP_TIME, limits);
  const interval = intervalMinutes(calendar);
  const startWindowMinutes = check.unlessLacking("startWindowMinutes", () => readStartWindow(check, interval));
  const rpoMinutes = interval + (startWindowMinutes ?? limits.startDelayMinutes ?? 0);
  const place = { frequency: calendar.frequency, least: Math.ceil(rpoMinutes / DAY), limits };
  const retention = readRetention(check, props, place);
  const pointInTime = check.unlessLacking("pointInTime", () => readPointInTime(check, retention, limits));
  const copies = check.unlessLacking("copyTo", () => readCopies(check, { ...place, fallback: retention }));
  return {
    name,
    ...calendar,
    ...retention,
    ...(startWindowMinutes !== undefined && { startWindowMinutes }),
    ...(pointInTime !== undefined && { pointInTime }),
    ...(copies !== undefined && { copies }),
    rpoMinutes,
  };
}

function readStartWindow(check: Check<BackupScheduleProps>, interval: number): number {
  const max = Math.min(interval, LONGEST_WINDOW);
  return check.integer("startWindowMinutes", { min: HOUR, max, default: HOUR, source: "at most until the next backup" });
}

function readPointInTime(check: Check<BackupScheduleProps>, retention: RetentionSpec, limits: ScheduleLimits): boolean {
  const pointInTime = check.flag("pointInTime", false);
  if (!pointInTime) return false;
  const max = limits.maxPointInTimeDays ?? Infinity;
  if (retention.retentionDays > max) {
    const fix = "use a second schedule without pointInTime for what is kept longer";
    check.issue("retentionDays", retention.retentionDays, `${max} or less with pointInTime (${limits.source})`, fix);
  }
  if (retention.coldAfterDays !== undefined) {
    const fix = "use a second schedule without pointInTime for cold storage";
    check.issue("coldAfterDays", retention.coldAfterDays, `nothing with pointInTime (${limits.source})`, fix);
  }
  return true;
}
