import { BackupRestoreTestingPlan } from "@cdktf/provider-aws/lib/backup-restore-testing-plan";
import { BackupRestoreTestingSelection } from "@cdktf/provider-aws/lib/backup-restore-testing-selection";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { RestoreTestingSpec } from "../../spec/backup-protection";
import { cronOf } from "./backup-calendar";
import type { ProtectedType } from "./backup-types";

/** Longest name of a restore testing plan or selection: letters, digits and _. Source: AWS Backup API reference, read 2026-11-21. */
const NAME = { maxLength: 50, separator: "_" };

/** What a restore needs beyond what AWS Backup finds out, by key of the restore metadata, such as `dbSubnetGroupName`. */
export type RestoreMetadata = Partial<Record<ProtectedType, Readonly<Record<string, string>>>>;

export interface AwsRestoreTestingProps {
  readonly spec: RestoreTestingSpec;
  /** ARN of the vault whose backups are restored. */
  readonly vaultArn: string;
  /** ARN of the role that restores. */
  readonly roleArn: string;
  readonly metadata: RestoreMetadata;
}

/**
 * Restores the newest backup of everything in a vault, one selection for each kind, and deletes it again.
 *
 * Creates `aws_backup_restore_testing_plan` and `aws_backup_restore_testing_selection`.
 * Cost: what the restored copies cost while they are there, and what AWS Backup asks for a test.
 */
export class AwsRestoreTesting extends Construct {
  /** The underlying plan. */
  readonly plan: BackupRestoreTestingPlan;

  constructor(scope: Construct, id: string, { spec, vaultArn, roleArn, metadata }: AwsRestoreTestingProps) {
    super(scope, id);
    this.plan = new BackupRestoreTestingPlan(this, "Resource", {
      name: physicalName(this, { kind: "restore testing plan", ...NAME }),
      scheduleExpression: cronOf(spec),
      scheduleExpressionTimezone: "Etc/UTC",
      startWindowHours: 24,
      recoveryPointSelection: [
        {
          algorithm: "LATEST_WITHIN_WINDOW",
          includeVaults: [vaultArn],
          recoveryPointTypes: ["CONTINUOUS", "SNAPSHOT"],
          selectionWindowDays: spec.selectionDays,
        },
      ],
    });
    for (const type of spec.types as readonly ProtectedType[]) {
      new BackupRestoreTestingSelection(this, type, {
        name: physicalName(this, { kind: "restore testing selection", suffix: type, ...NAME }),
        restoreTestingPlanName: this.plan.name,
        protectedResourceType: type,
        protectedResourceArns: ["*"],
        iamRoleArn: roleArn,
        validationWindowHours: spec.validationHours,
        restoreMetadataOverrides: metadata[type],
      });
    }
  }
}
