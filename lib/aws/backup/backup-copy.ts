import { DataAwsIamPolicyDocument, type DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { BackupLockSpec } from "../../spec/backup-protection";
import type { Profile } from "../../spec/context";
import { AwsBackupVault } from "./backup-vault";
import { surroundings } from "../region";

/** Longest alias name, prefix included. Source: AWS KMS quotas, read 2026-11-21. */
const MAX_ALIAS = 256;

export interface AwsBackupCopyProps {
  readonly profile: Profile;
  readonly lock: BackupLockSpec;
  /** The provider of the other region, with an alias. */
  readonly provider: AwsProvider;
  /** ARN of the role that makes the copies. */
  readonly roleArn: string;
}

/**
 * Where the copies of another region lie: a vault with a key of that region.
 *
 * Creates `aws_kms_key`, `aws_kms_alias` and what `AwsBackupVault` creates. Cost: 1.00 USD a month for the key.
 */
export class AwsBackupCopy extends Construct {
  /** The key in the other region. */
  readonly key: KmsKey;
  /** The vault in the other region. */
  readonly vault: AwsBackupVault;

  constructor(scope: Construct, id: string, { provider, roleArn, profile, lock }: AwsBackupCopyProps) {
    super(scope, id);
    const policy = new DataAwsIamPolicyDocument(this, "KeyPolicy", { statement: this.keyStatements(roleArn) });
    this.key = new KmsKey(this, "Key", {
      description: `Encrypts the backup copies of ${scope.node.path}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policy.json,
      provider,
    });
    const name = physicalName(this, { kind: "KMS alias", prefix: "alias/", maxLength: MAX_ALIAS });
    new KmsAlias(this, "Alias", { name, targetKeyId: this.key.keyId, provider });
    this.vault = new AwsBackupVault(this, "Vault", { keyArn: this.key.arn, profile, lock, provider });
  }

  private keyStatements(roleArn: string): DataAwsIamPolicyDocumentStatement[] {
    const { account, partition } = surroundings(this);
    const role = [{ type: "AWS", identifiers: [roleArn] }];
    return [
      {
        sid: "AccountAdministers",
        actions: ["kms:*"],
        resources: ["*"],
        principals: [{ type: "AWS", identifiers: [`arn:${partition}:iam::${account}:root`] }],
      },
      {
        sid: "BackupEncrypts",
        actions: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        resources: ["*"],
        principals: role,
      },
      {
        sid: "BackupGrants",
        actions: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
        resources: ["*"],
        principals: role,
        condition: [{ test: "Bool", variable: "kms:GrantIsForAWSResource", values: ["true"] }],
      },
    ];
  }
}
