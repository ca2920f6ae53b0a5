import type { Construct } from "constructs";
import type { DataSupport } from "../../spec/backup";
import type { HeldData } from "../../spec/backup-source";
import { addressIn, referenceText } from "../../spec/reference";
import type { IAwsBackupSource } from "./backup-source";

interface ProtectedKind extends DataSupport {
  /** The Terraform resource type. */
  readonly terraformType: string;
  /** What the ARN of one looks like. */
  readonly arn: RegExp;
}

/**
 * What AWS Backup protects, by its resource type. EBS snapshots go to the archive tier when they are made monthly.
 * Source: "Feature availability by resource" and "Lifecycle" in the AWS Backup developer guide, read 2026-11-21.
 */
export const PROTECTED = {
  Aurora: {
    title: "Amazon Aurora clusters",
    terraformType: "aws_rds_cluster",
    arn: /:rds:.*:cluster:/,
    cold: "never",
    pointInTime: true,
  },
  DynamoDB: { title: "Amazon DynamoDB tables", terraformType: "aws_dynamodb_table", arn: /:dynamodb:/, cold: "always", pointInTime: false },
  EBS: { title: "Amazon EBS volumes", terraformType: "aws_ebs_volume", arn: /:ec2:.*:volume\//, cold: "monthly", pointInTime: false },
  EC2: { title: "Amazon EC2 instances", terraformType: "aws_instance", arn: /:ec2:.*:instance\//, cold: "never", pointInTime: false },
  EFS: {
    title: "Amazon EFS file systems",
    terraformType: "aws_efs_file_system",
    arn: /:elasticfilesystem:/,
    cold: "always",
    pointInTime: false,
  },
  RDS: { title: "Amazon RDS databases", terraformType: "aws_db_instance", arn: /:rds:.*:db:/, cold: "never", pointInTime: true },
  S3: { title: "Amazon S3 buckets", terraformType: "aws_s3_bucket", arn: /:s3:::/, cold: "never", pointInTime: true },
} as const satisfies Record<string, ProtectedKind>;

/** A kind of data that AWS Backup protects. */
export type ProtectedType = keyof typeof PROTECTED;

export const PROTECTED_TYPES = Object.keys(PROTECTED) as ProtectedType[];

function typeOf(arn: string): ProtectedType | undefined {
  const resourceType = addressIn(arn).split(".")[0];
  return PROTECTED_TYPES.find((type) => PROTECTED[type].terraformType === resourceType || PROTECTED[type].arn.test(arn));
}

/** A piece of data together with its ARN. */
export interface HeldArn extends HeldData {
  readonly arn: string;
  readonly type?: ProtectedType;
}

/** What a source holds; undefined when it is no source. */
export function heldBy(scope: Construct, source: IAwsBackupSource): readonly HeldArn[] | undefined {
  const arns: unknown = source?.backupArns;
  if (!Array.isArray(arns)) return undefined;
  return (arns as readonly string[]).map((arn) => {
    const text = referenceText(scope, arn);
    return { arn, id: addressIn(text), type: typeOf(text) };
  });
}
