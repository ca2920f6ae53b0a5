import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { BackupLockSpec } from "../../spec/backup-protection";
import type { Profile } from "../../spec/context";

/** Longest name of a vault. Source: CreateBackupVault in the AWS Backup API reference, read 2026-11-21. */
const MAX_VAULT = 50;

export interface AwsBackupVaultProps {
  readonly profile: Profile;
  readonly lock: BackupLockSpec;
  /** ARN of the key, in the region of the vault. */
  readonly keyArn: string;
  /**
   * The provider of another region.
   * @default - the provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/**
 * Where backups lie, encrypted. In production nobody can delete one before its time without first changing the vault's policy.
 *
 * Creates `aws_backup_vault`, and by profile and lock `aws_backup_vault_policy` and `aws_backup_vault_lock_configuration`. No cost until it is used.
 */
export class AwsBackupVault extends Construct {
  /** The underlying vault. */
  readonly vault: BackupVault;

  constructor(scope: Construct, id: string, props: AwsBackupVaultProps) {
    super(scope, id);
    const production = props.profile === "production";
    this.vault = new BackupVault(this, "Resource", {
      name: physicalName(this, { kind: "backup vault", maxLength: MAX_VAULT }),
      kmsKeyArn: props.keyArn,
      forceDestroy: !production,
      lifecycle: { preventDestroy: production },
      provider: props.provider,
    });
    if (production) this.refuseDeletion(props.provider);
    if (props.lock.mode !== "none") this.addLock(props.lock, props.provider);
  }

  /** Expiry by retention is not affected: AWS Backup itself does that. */
  private refuseDeletion(provider: TerraformProvider | undefined): void {
    const document = new DataAwsIamPolicyDocument(this, "PolicyDocument", {
      statement: [
        {
          sid: "KeepUntilRetentionIsOver",
          effect: "Deny",
          actions: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
          resources: ["*"],
          principals: [{ type: "AWS", identifiers: ["*"] }],
        },
      ],
    });
    new BackupVaultPolicy(this, "Policy", { backupVaultName: this.vault.name, policy: document.json, provider });
  }

  private addLock(
    { minRetentionDays, maxRetentionDays, changeableForDays }: BackupLockSpec,
    provider: TerraformProvider | undefined,
  ): void {
    const backupVaultName = this.vault.name;
    new BackupVaultLockConfiguration(this, "Lock", { backupVaultName, minRetentionDays, maxRetentionDays, changeableForDays, provider });
  }
}
