import { Construct } from "constructs";
import { physicalName } from "../../names";
import { backupSpec, type BackupLimits, type BackupProps, type BackupSpec } from "../../spec/backup";
import type { BackupCopyProps } from "../../spec/backup-copy";
import type { BackupLockProps, BackupLockSpec } from "../../spec/backup-protection";
import type { BackupScheduleProps, BackupScheduleSpec } from "../../spec/backup-schedule";
import { specContext, type Lacks, type ProviderProps } from "../../spec/context";
import { CoreVolumeBackupPolicy, type CoreVolumeBackupPolicySchedules } from "../bindings/core-volume-backup-policy";
import { CoreVolumeBackupPolicyAssignment } from "../bindings/core-volume-backup-policy-assignment";
import { compartmentOf } from "../compartment";
import { tryRegion } from "../region";
import { DELAY_MINUTES, MAX_RETENTION_DAYS, periodOf, retentionSeconds } from "./backup-calendar";
import type { IOciBackupSource } from "./backup-source";
import { heldBy, VOLUME_TYPES, type VolumeType } from "./backup-types";

/** Longest display name. Source: OCI API reference, CreateVolumeBackupPolicyDetails, read 2026-11-21. */
const MAX_NAME = 255;

const LACKS = {
  selectLabels: "OCI assigns a backup policy to each volume, and selects none by tag",
  restoreTesting: "OCI makes no test restores",
} satisfies Lacks<BackupProps>;

const SCHEDULE_LACKS = {
  everyHours: "OCI backs up every hour or every day, and nothing between",
  coldAfterDays: "OCI keeps volume backups in one class of storage; OciBackupBucket has colder ones",
  startWindowMinutes: "OCI begins a backup up to several hours late, and takes no limit",
  pointInTime: "volumes have no point in time at OCI; managed databases have it by themselves",
} satisfies Lacks<BackupScheduleProps>;

const COPY_LACKS = {
  retentionDays: "OCI takes no retention for copies",
  coldAfterDays: "OCI keeps volume backups in one class of storage",
} satisfies Lacks<BackupCopyProps>;

const LOCK_LACKS = {
  changeableForDays: "OCI takes no such time for backups of volumes",
  minRetentionDays: "OCI locks each backup for the retention of its schedule",
  maxRetentionDays: "OCI locks each backup for the retention of its schedule",
} satisfies Lacks<BackupLockProps>;

export interface OciBackupScheduleProps extends Omit<BackupScheduleProps, keyof typeof SCHEDULE_LACKS | "copyTo"> {
  /**
   * The region that gets a copy of every backup, the same one in all schedules. Which regions are possible, OCI says by pairs.
   * @default []
   * @see https://docs.oracle.com/en-us/iaas/Content/Block/Tasks/schedulingvolumebackups.htm
   */
  readonly copyTo?: readonly [Pick<BackupCopyProps, "region">] | readonly [];
}

export interface OciBackupPolicyProps extends Omit<
  BackupProps<IOciBackupSource, VolumeType>,
  keyof typeof LACKS | "schedules" | "lock" | "sources"
> {
  /** What is backed up: volumes, which the policy is assigned to, and databases, whose own backups it holds against the schedules. */
  readonly sources: readonly IOciBackupSource[];
  /** When backups are made and how long they are kept, by frequency: OCI gives schedules no other name. */
  readonly schedules: Readonly<Partial<Record<BackupScheduleProps["frequency"], OciBackupScheduleProps>>>;
  /**
   * Who may delete backups before their time.
   * @default - `governance` in production, `none` in a sandbox
   */
  readonly lock?: Pick<BackupLockProps, "mode">;
  /**
   * OCID of the key, in the region of the copies, that encrypts them.
   * @default - a key of Oracle
   */
  readonly copyKeyId?: string;
}

/**
 * Scheduled backups of boot volumes, block volumes and volume groups, with copies in one other region and protection from deletion.
 *
 * Creates `oci_core_volume_backup_policy`, and `oci_core_volume_backup_policy_assignment` for each volume.
 * Cost: .0255 USD a GB and month for what changed since the last backup (object storage, all regions, 2024-01-19); copies cost it again,
 * and transfer to the other region. The policy itself costs nothing.
 * At worst the time between two backups and the hours that OCI may begin late are lost: 6 hours with hourly backups.
 * Not covered: a volume has one policy, so a second one takes it from the first without a word; backups of several volumes at one moment (put
 * them into a volume group, and give that as source); alarms on backups that failed, which OCI tells as events only. The key of copies has
 * to be made in their region. To end copies, set `destination_region` of `policy` to `none` once.
 * @see https://docs.oracle.com/en-us/iaas/Content/Block/Tasks/schedulingvolumebackups.htm
 */
export class OciBackupPolicy extends Construct {
  /** The policy after defaults and checks. */
  readonly spec: BackupSpec;
  /** The underlying policy. */
  readonly policy: CoreVolumeBackupPolicy;
  /** What the policy is assigned to, by Terraform address or OCID. */
  readonly assignments: ReadonlyMap<string, CoreVolumeBackupPolicyAssignment>;

  constructor(scope: Construct, id: string, props: OciBackupPolicyProps) {
    super(scope, id);
    const context = specContext<Own, BackupProps>(this, ownProps(props), LACKS);
    this.spec = backupSpec(props as BackupProps<IOciBackupSource>, context, limits(this));
    const { lock, profile, schedules } = this.spec;
    this.policy = new CoreVolumeBackupPolicy(this, "Resource", {
      compartmentId: compartmentOf(this),
      displayName: physicalName(this, { kind: "backup policy", maxLength: MAX_NAME }),
      destinationRegion: schedules[0]?.copies?.[0]?.region,
      schedules: schedules.map((schedule) => scheduleOf(schedule, lock)),
      lifecycle: { preventDestroy: profile === "production" },
    });
    const held = props.sources.flatMap((source) => heldBy(this, source) ?? []);
    this.assignments = new Map(
      held.flatMap(({ id: volume, assetId, own }) => (own === undefined ? [[volume, this.assign(volume, assetId, props)] as const] : [])),
    );
  }

  private assign(volume: string, assetId: string, { copyKeyId }: OciBackupPolicyProps): CoreVolumeBackupPolicyAssignment {
    const config = { assetId, policyId: this.policy.id, xrcKmsKeyId: copyKeyId };
    return new CoreVolumeBackupPolicyAssignment(this, `Source-${volume}`, config);
  }
}

function scheduleOf(schedule: BackupScheduleSpec, lock: BackupLockSpec | undefined): CoreVolumeBackupPolicySchedules {
  const mode = lock?.mode ?? "none";
  return {
    ...periodOf(schedule),
    backupType: "INCREMENTAL",
    retentionSeconds: retentionSeconds(schedule.retentionDays),
    isPreventDeletionEnabled: mode !== "none",
    isRetentionLockEnabled: mode === "compliance",
    ...(mode !== "none" && { retentionPeriod: { retentionTimeAmount: schedule.retentionDays, retentionTimeUnit: "DAYS" } }),
  };
}

type Own = Pick<OciBackupPolicyProps, "copyKeyId">;

function ownProps(props: OciBackupPolicyProps): ProviderProps<Own> {
  return {
    copyKeyId: (check) => {
      const want = 'the OCID of a key in the region of the copies, such as "ocid1.key.oc1.phx.example.aaaaexample"';
      const keyId = check.tryText("copyKeyId", { pattern: /^ocid1\.key\./, want, tokens: true });
      if (keyId === undefined || copies(props)) return;
      check.issue("copyKeyId", keyId, "nothing without copyTo", "remove it, or copy to another region");
    },
  };
}

function copies({ schedules }: OciBackupPolicyProps): boolean {
  return Object.values(schedules ?? {}).some((schedule) => Array.isArray(schedule?.copyTo) && schedule.copyTo.length > 0);
}

function limits(policy: Construct): BackupLimits<IOciBackupSource> {
  return {
    at: { pattern: /^([01]\d|2[0-3]):00$/, want: 'a full hour in UTC such as "05:00" (OCI)', default: "05:00" },
    scheduleName: {
      pattern: /^(hourly|daily|weekly|monthly)$/,
      want: '"hourly", "daily", "weekly" or "monthly": OCI gives schedules no other name',
      asFrequency: true,
    },
    startDelayMinutes: DELAY_MINUTES,
    maxRetentionDays: MAX_RETENTION_DAYS,
    region: tryRegion(policy),
    regionExample: "eu-frankfurt-1",
    maxCopies: 1,
    oneCopyRegion: true,
    source: "OCI",
    types: VOLUME_TYPES,
    lacks: { schedule: SCHEDULE_LACKS, copy: COPY_LACKS, lock: LOCK_LACKS },
    held: (source) => heldBy(policy, source),
  };
}
