import type { DropletBackupPolicy } from "@cdktf/provider-digitalocean/lib/droplet";
import { DAY, HOUR, intervalMinutes, type CalendarSpec } from "../../spec/backup-calendar";
import type { BackupScheduleSpec } from "../../spec/backup-schedule";
import { SHORT_DAY, WEEKDAYS } from "../../spec/weekday";

/** A backup begins within these minutes. Source: https://docs.digitalocean.com/products/backups/details/features/, read 2026-11-21. */
export const WINDOW_MINUTES = 4 * HOUR;

/** How long backups are kept; nobody can change it. Source: the same page, read 2026-11-21. */
export const RETENTION_DAYS = { daily: 7, weekly: 28 } as const;

/** The plan of a Droplet, as long as it is one that the provider knows. */
export type DropletPlan = keyof typeof RETENTION_DAYS;

/** The calendar as backup policy of a Droplet, in UTC. */
export function planOf({ frequency, at = "00:00", weekday }: CalendarSpec): DropletBackupPolicy {
  return { plan: frequency, hour: Number(at.slice(0, 2)), ...(weekday && { weekday: SHORT_DAY[weekday] }) };
}

/** The schedule that a backup policy of a Droplet says; without one, DigitalOcean makes daily backups at a time of its own. */
export function readPlan({ plan, hour, weekday }: Readonly<Record<string, unknown>>): BackupScheduleSpec {
  const frequency: DropletPlan = plan === "weekly" ? "weekly" : "daily";
  const day = WEEKDAYS.find((name) => SHORT_DAY[name] === weekday);
  return {
    name: frequency,
    frequency,
    ...(hour !== undefined && { at: `${String(hour as number).padStart(2, "0")}:00` }),
    ...(day && { weekday: day }),
    retentionDays: RETENTION_DAYS[frequency],
    rpoMinutes: intervalMinutes({ frequency }) + WINDOW_MINUTES,
  };
}

/** The RPO of daily backups in hours, for messages. */
export const BEST_RPO_HOURS = (DAY + WINDOW_MINUTES) / HOUR;
