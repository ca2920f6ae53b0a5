import { DataAwsIamPolicyDocument, type DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../names";
import { surroundings, type Surroundings } from "./region";
import { once } from "../once";

/** Longest alias name, prefix included. Source: AWS KMS quotas, read 2026-11-21. */
const MAX_ALIAS = 256;

/**
 * A customer managed key that encrypts logs, databases, volumes, secrets and notifications of one stack.
 *
 * Creates `aws_kms_key`, `aws_kms_alias` and a policy document. Cost: 1.00 USD a month and .03 per 10,000 requests.
 * Not covered: keys in other regions and multi-region keys.
 */
export class AwsKey extends Construct {
  /** The key that all constructs of a stack share unless they are given another one. */
  static of(scope: Construct): AwsKey {
    const stack = TerraformStack.of(scope);
    return once(stack, "GovernedKey", (id) => new AwsKey(stack, id));
  }

  /** The underlying key. */
  readonly key: KmsKey;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const policy = new DataAwsIamPolicyDocument(this, "Policy", { statement: statements(surroundings(this)) });
    this.key = new KmsKey(this, "Resource", {
      description: `Encrypts the data of ${this.node.path}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policy.json,
    });
    new KmsAlias(this, "Alias", {
      name: physicalName(this, { kind: "KMS alias", prefix: "alias/", maxLength: MAX_ALIAS }),
      targetKeyId: this.key.keyId,
    });
  }

  /** ARN of the key. */
  get arn(): string {
    return this.key.arn;
  }
}

const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

function statements({ account, partition, region }: Surroundings): DataAwsIamPolicyDocumentStatement[] {
  return [
    {
      sid: "AccountAdministers",
      actions: ["kms:*"],
      resources: ["*"],
      principals: [{ type: "AWS", identifiers: [`arn:${partition}:iam::${account}:root`] }],
    },
    {
      sid: "LogsEncrypt",
      actions: USE,
      resources: ["*"],
      principals: [{ type: "Service", identifiers: [`logs.${region}.amazonaws.com`] }],
      condition: [
        { test: "ArnLike", variable: "kms:EncryptionContext:aws:logs:arn", values: [`arn:${partition}:logs:${region}:${account}:*`] },
      ],
    },
    {
      sid: "AlarmsPublish",
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      resources: ["*"],
      principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com", "events.amazonaws.com", "backup.amazonaws.com"] }],
      condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [account] }],
    },
  ];
}
