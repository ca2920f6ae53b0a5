import { BackupPlan, type BackupPlanRule } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVaultNotifications } from "@cdktf/provider-aws/lib/backup-vault-notifications";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { backupSpec, type BackupLimits, type BackupProps, type WholeBackupSpec } from "../../spec/backup";
import type { RetentionSpec } from "../../spec/backup-retention";
import type { BackupScheduleSpec } from "../../spec/backup-schedule";
import { specContext, type ProviderProps } from "../../spec/context";
import { AwsAlarms } from "../alarms";
import { addBackupAlarms } from "./backup-alarms";
import { cronOf } from "./backup-calendar";
import { AwsBackupCopy } from "./backup-copy";
import { checkCopyProviders, copyRegions } from "./backup-providers";
import type { IAwsBackupSource } from "./backup-source";
import { heldBy, PROTECTED, PROTECTED_TYPES, type HeldArn, type ProtectedType } from "./backup-types";
import { AwsBackupVault } from "./backup-vault";
import { AwsKey } from "../key";
import { TAG_KEYS, TAG_VALUE } from "../labels";
import { tryRegion } from "../region";
import { AwsRestoreTesting, type RestoreMetadata } from "./restore-testing";
import { addServiceRole } from "../role";

/** Longest name of a plan or selection. Source: AWS Backup API reference, read 2026-11-21. */
const MAX_NAME = 50;

/** AWS Backup's own default of 7 days: minutes after which an unfinished backup is given up. */
const COMPLETION_WINDOW_MINUTES = 7 * 24 * 60;

export interface AwsBackupPolicyProps extends BackupProps<IAwsBackupSource, ProtectedType> {
  /**
   * Providers of the regions that schedules copy to, each with an alias and a literal region.
   * @default []
   */
  readonly copyProviders?: readonly AwsProvider[];
  /**
   * What test restores need beyond what AWS Backup finds out by itself. It restores databases and instances into the default VPC unless told otherwise.
   * @default {}
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
   */
  readonly restoreMetadata?: RestoreMetadata;
}

/**
 * Scheduled backups of databases, volumes, instances, buckets and tables into a locked vault, with copies in other regions and test restores.
 *
 * Creates `aws_backup_vault` with lock and policy, `aws_backup_plan` with a rule for each schedule, one `aws_backup_selection` for each source,
 * a role, alarms and notifications; for each region of a copy a key and a vault there; for test restores `aws_backup_restore_testing_plan`.
 * Cost of the defaults: .30 USD a month for three alarms, 1.00 for the key of each other region, and storage: .05 a GB and month for EBS snapshots,
 * .095 for RDS (us-east-1, 2024-07 and 2026-08); copies cost transfer and storage again. The stack's key is shared.
 * Not covered: other accounts, air-gapped vaults, and opting the account in to resource types when backups are selected by label. A backup of an
 * RDS database fails when it begins in or within an hour before its own backup or maintenance window. With `pointInTime` AWS Backup takes over
 * the database's own retention: give the database the same `retentionDays`, or every plan shows a change.
 * The alarm on missing backups rings from the first deployment until the first backup is done.
 */
export class AwsBackupPolicy extends Construct {
  /** The policy after defaults and checks. */
  readonly spec: WholeBackupSpec;
  /** The underlying plan. */
  readonly plan: BackupPlan;
  /** Where the backups lie. */
  readonly vault: AwsBackupVault;
  /** Where the copies lie, by region. */
  readonly copies: ReadonlyMap<string, AwsBackupCopy>;
  /** The role that makes backups and restores them. */
  readonly role: IamRole;
  /** The test restores; undefined without `restoreTesting`. */
  readonly restoreTesting?: AwsRestoreTesting;

  constructor(scope: Construct, id: string, props: AwsBackupPolicyProps) {
    super(scope, id);
    const providers = props?.copyProviders ?? [];
    this.spec = backupSpec(props, specContext<Own>(this, ownProps(props)), awsBackupLimits(this, providers)) as WholeBackupSpec;
    const held = (props.sources ?? []).flatMap((source) => heldBy(this, source) ?? []);
    const { profile, lock } = this.spec;
    this.vault = new AwsBackupVault(this, "Vault", { profile, lock, keyArn: AwsKey.of(this).arn });
    this.role = this.addRole(held);
    this.copies = new Map(
      providers.map((provider) => {
        const region = provider.region as string;
        return [region, new AwsBackupCopy(this, `Copy-${region}`, { profile, lock, provider, roleArn: this.role.arn })];
      }),
    );
    this.plan = new BackupPlan(this, "Resource", {
      name: physicalName(this, { kind: "backup plan", maxLength: MAX_NAME }),
      rule: this.spec.schedules.map((schedule) => this.rule(schedule)),
    });
    held.forEach((source) => this.select(`Source-${source.id}`, { resources: [source.arn] }));
    this.selectLabelled();
    this.restoreTesting = this.tryRestoreTesting(props.restoreMetadata ?? {});
    addBackupAlarms(this, this.spec, this.vault.vault.name);
    this.notify();
    this.warnOfDatabaseWindows(held);
  }

  private addRole(held: readonly HeldArn[]): IamRole {
    const anything = Object.keys(this.spec.selectLabels).length > 0 || held.some(({ type }) => type === undefined);
    const buckets = anything || held.some(({ type }) => type === "S3");
    return addServiceRole(this, "Role", {
      service: "backup.amazonaws.com",
      onlyThisAccount: false,
      managedPolicies: [
        "service-role/AWSBackupServiceRolePolicyForBackup",
        "service-role/AWSBackupServiceRolePolicyForRestores",
        ...(buckets ? ["AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore"] : []),
      ],
    });
  }

  private rule(schedule: BackupScheduleSpec): BackupPlanRule {
    return {
      ruleName: schedule.name,
      targetVaultName: this.vault.vault.name,
      schedule: cronOf(schedule),
      scheduleExpressionTimezone: "Etc/UTC",
      startWindow: schedule.startWindowMinutes,
      completionWindow: COMPLETION_WINDOW_MINUTES,
      enableContinuousBackup: schedule.pointInTime,
      lifecycle: lifecycle(schedule, schedule),
      copyAction: schedule.copies?.map((copy) => ({
        destinationVaultArn: this.copies.get(copy.region)?.vault.vault.arn as string,
        lifecycle: lifecycle(schedule, copy),
      })),
    };
  }

  private select(id: string, what: { readonly resources: string[]; readonly condition?: object[] }): void {
    const name = physicalName(this, { kind: "backup selection", maxLength: MAX_NAME, suffix: id });
    new BackupSelection(this, id, { name, planId: this.plan.id, iamRoleArn: this.role.arn, ...what });
  }

  private selectLabelled(): void {
    const labels = Object.entries(this.spec.selectLabels) as [keyof typeof TAG_KEYS, string][];
    if (labels.length === 0) return;
    const stringEquals = labels.map(([key, value]) => ({ key: `aws:ResourceTag/${TAG_KEYS[key]}`, value }));
    this.select("Labelled", { resources: ["*"], condition: [{ stringEquals }] });
  }

  private tryRestoreTesting(metadata: RestoreMetadata): AwsRestoreTesting | undefined {
    const spec = this.spec.restoreTesting;
    const [vaultArn, roleArn] = [this.vault.vault.arn, this.role.arn];
    return spec && new AwsRestoreTesting(this, "RestoreTesting", { spec, vaultArn, roleArn, metadata });
  }

  /** Failed and expired backups are told by alarms: the vault does not send events for them alone. */
  private notify(): void {
    new BackupVaultNotifications(this, "Notifications", {
      backupVaultName: this.vault.vault.name,
      snsTopicArn: AwsAlarms.of(this).topic.arn,
      backupVaultEvents: ["COPY_JOB_FAILED", "S3_BACKUP_OBJECT_FAILED"],
    });
  }

  private warnOfDatabaseWindows(held: readonly HeldArn[]): void {
    if (!held.some(({ type }) => type === "RDS")) return;
    for (const { name, everyHours, pointInTime } of this.spec.schedules) {
      if (everyHours !== 1 || pointInTime) continue;
      const when = "when they begin in or within an hour before the database's own backup window, so at least one a day will";
      const warning = `schedules.${name}: backups of ${PROTECTED.RDS.title} fail ${when}; use pointInTime or a lower frequency`;
      Annotations.of(this).addWarning(warning);
    }
  }
}

type Own = Pick<AwsBackupPolicyProps, "copyProviders" | "restoreMetadata">;

function ownProps(props: AwsBackupPolicyProps): ProviderProps<Own> {
  return {
    copyProviders: (check) => checkCopyProviders(check, props?.schedules),
    restoreMetadata: (check) => {
      if (props?.restoreMetadata === undefined) return;
      check.nested<RestoreMetadata>("restoreMetadata", props.restoreMetadata, PROTECTED_TYPES);
      if (props.restoreTesting === undefined) {
        check.issue("restoreMetadata", props.restoreMetadata, "nothing without restoreTesting", "remove it, or ask for restoreTesting");
      }
    },
  };
}

/** Sources: AWS Backup quotas, Lifecycle, BackupRule and PutBackupVaultLockConfiguration in the AWS Backup API reference, read 2026-11-21. */
function awsBackupLimits(scope: Construct, providers: readonly AwsProvider[]): BackupLimits<IAwsBackupSource> {
  const regions = copyRegions(providers);
  const known = regions.map((region) => `"${region}"`).join(", ");
  return {
    maxRetentionDays: 36500,
    minColdDays: 90,
    maxPointInTimeDays: 35,
    minChangeableDays: 3,
    maxSources: 99,
    region: tryRegion(scope),
    regionExample: "eu-west-1",
    copyRegions: regions,
    copyWant: `a region of copyProviders, which has ${known === "" ? "none" : known}`,
    source: "AWS Backup",
    scheduleName: { pattern: /^[A-Za-z0-9._-]{1,50}$/, want: 'schedule names of 1 to 50 letters, digits, ".", "_" and "-" (AWS Backup)' },
    labelValue: TAG_VALUE,
    types: PROTECTED_TYPES,
    support: PROTECTED,
    held: (source) => heldBy(scope, source),
  };
}

/** EBS snapshots are archived on request only, and AWS Backup takes the request for monthly rules. */
function lifecycle(
  { frequency }: BackupScheduleSpec,
  { retentionDays, coldAfterDays }: Partial<RetentionSpec>,
): BackupPlanRule["lifecycle"] {
  const archive = coldAfterDays !== undefined && frequency === "monthly";
  return { deleteAfter: retentionDays, coldStorageAfter: coldAfterDays, optInToArchiveForSupportedResources: archive ? true : undefined };
}
