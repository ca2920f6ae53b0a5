import type { Droplet } from "@cdktf/provider-digitalocean/lib/droplet";
import { Construct } from "constructs";
import { backupSpec, type BackupLimits, type BackupProps, type BackupSpec } from "../../spec/backup";
import type { CalendarSpec } from "../../spec/backup-calendar";
import type { BackupScheduleProps } from "../../spec/backup-schedule";
import { specContext, type Lacks } from "../../spec/context";
import type { Weekday } from "../../spec/weekday";
import { BEST_RPO_HOURS, planOf, RETENTION_DAYS, WINDOW_MINUTES } from "./backup-calendar";
import type { IDigitalOceanBackupSource } from "./backup-source";
import { heldBy } from "./backup-types";

/** When a backup window begins, in UTC. Source: `backup_policy.hour` in docs/resources/droplet.md of provider 2.71.0, read 2026-11-21. */
const HOURS = ["00:00", "04:00", "08:00", "12:00", "16:00", "20:00"] as const;

const LACKS = {
  profile: "the backups of Droplets are the same in sandbox and production",
  selectLabels: "DigitalOcean does not back up by tag, each Droplet has its own setting",
  lock: "DigitalOcean cannot lock backups, and deletes them together with the Droplet",
  restoreTesting: "DigitalOcean makes no test restores",
} satisfies Lacks<BackupProps>;

const SCHEDULE_LACKS = {
  coldAfterDays: "DigitalOcean keeps backups in one class of storage",
  startWindowMinutes: "backups of Droplets begin within 4 hours, always",
  pointInTime: "backups of Droplets have no point in time; managed databases have it by themselves",
  copyTo: "DigitalOcean keeps backups in the datacenter of the Droplet, and its Terraform provider cannot copy them",
} satisfies Lacks<BackupScheduleProps>;

interface DropletSchedule {
  /**
   * When the 4 hours begin in which a backup begins, in UTC.
   * @default "04:00"
   */
  readonly at?: (typeof HOURS)[number];
}

export interface DailyDropletBackups extends DropletSchedule {
  readonly frequency: "daily";
  /**
   * Days after which a backup is deleted: DigitalOcean's own, for portable definitions.
   * @default 7
   */
  readonly retentionDays?: (typeof RETENTION_DAYS)["daily"];
}

export interface WeeklyDropletBackups extends DropletSchedule {
  readonly frequency: "weekly";
  /**
   * The day.
   * @default "Sunday"
   */
  readonly weekday?: Weekday;
  /**
   * Days after which a backup is deleted: DigitalOcean's own, for portable definitions.
   * @default 28
   */
  readonly retentionDays?: (typeof RETENTION_DAYS)["weekly"];
}

export interface DigitalOceanBackupPolicyProps extends Omit<
  BackupProps<IDigitalOceanBackupSource>,
  keyof typeof LACKS | "sources" | "schedules"
> {
  /** What is backed up: Droplets, which this sets backups of, and databases, whose own backups it holds against the schedule. */
  readonly sources: readonly IDigitalOceanBackupSource[];
  /** When: a Droplet has one plan, daily or weekly. */
  readonly schedules:
    { readonly daily: DailyDropletBackups; readonly weekly?: never } | { readonly weekly: WeeklyDropletBackups; readonly daily?: never };
}

/**
 * Daily or weekly backups of whole Droplets, kept for 7 or 28 days; at worst 28 hours or 7 days and 4 hours are lost.
 *
 * Creates nothing of its own: it sets `backups` and `backup_policy` of each `digitalocean_droplet`.
 * Cost: 30 % of the price of each Droplet for daily, 20 % for weekly backups (all regions, 2026-09-30), so 1.20 and .80 USD a month for
 * the smallest. Databases cost nothing more.
 * Not covered, because DigitalOcean has none of it: more than one backup a day (its plans of every 4, 6 and 12 hours are not in the Terraform
 * provider), another retention, copies in other regions, locks, test restores, selection by tag, backups of volumes, alerts on backups
 * that failed. A backup goes away with its Droplet. For what has to outlive it, export to a `DigitalOceanBackupBucket`.
 * @see https://docs.digitalocean.com/products/backups/details/features/
 */
export class DigitalOceanBackupPolicy extends Construct {
  /** The policy after defaults and checks. */
  readonly spec: BackupSpec;

  constructor(scope: Construct, id: string, props: DigitalOceanBackupPolicyProps) {
    super(scope, id);
    const context = specContext(this, undefined, LACKS);
    this.spec = backupSpec(props as unknown as BackupProps<IDigitalOceanBackupSource>, context, limits(this));
    const droplets = props.sources.flatMap((source) => heldBy(this, source) ?? []).flatMap(({ droplet }) => droplet ?? []);
    for (const schedule of this.spec.schedules) for (const droplet of droplets) setBackups(droplet, schedule);
  }
}

function setBackups(droplet: Droplet, schedule: CalendarSpec): void {
  droplet.backups = true;
  droplet.putBackupPolicy(planOf(schedule));
}

function limits(policy: Construct): BackupLimits<IDigitalOceanBackupSource> {
  const instead = "keep what may lose less in a managed database, or sync it to another place";
  return {
    frequencies: {
      allowed: ["daily", "weekly"],
      why: `a Droplet is backed up once a day at most, so ${BEST_RPO_HOURS} hours can be lost at worst (DigitalOcean); ${instead}`,
    },
    at: {
      pattern: new RegExp(`^(${HOURS.join("|")})$`),
      want: `one of ${HOURS.map((hour) => `"${hour}"`).join(", ")}, in UTC (DigitalOcean)`,
      default: "04:00",
    },
    scheduleName: { pattern: /^(daily|weekly)$/, want: '"daily" or "weekly": a Droplet keeps no other name', asFrequency: true },
    maxSchedules: 1,
    startDelayMinutes: WINDOW_MINUTES,
    fixedRetentionDays: RETENTION_DAYS,
    maxRetentionDays: Math.max(...Object.values(RETENTION_DAYS)),
    source: "DigitalOcean",
    types: ["Droplet", "database"],
    lacks: { schedule: SCHEDULE_LACKS },
    held: (source) => heldBy(policy, source),
  };
}
