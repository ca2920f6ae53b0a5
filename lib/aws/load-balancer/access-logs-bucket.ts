import { DataAwsIamPolicyDocument, type DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { Profile } from "../../spec/context";
import { surroundings } from "../region";

/** Bucket names have 63 characters; account (12), region (14 at most) and two dashes are added. Source: Amazon S3 user guide, read 2026-11-21. */
const MAX_NAME = 63 - 12 - 14 - 2;

/** Who delivers, in every region. Source: Elastic Load Balancing user guide, "Enable access logs", read 2026-11-21. */
const DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com";

export interface AwsAccessLogsBucketProps {
  readonly profile: Profile;
  /** Days for which logs are kept. */
  readonly retentionDays: number;
}

/**
 * Where a load balancer writes who asked for what.
 * Encrypted with the storage service's own key, the only one that log delivery can write to (so not CKV_AWS_145).
 *
 * It has no access log of its own (CKV_AWS_18: only log delivery writes, and the trail of who reads belongs to the account), no copy in another
 * region (CKV_AWS_144) and no events (CKV2_AWS_62): logs are evidence of some days, and nothing runs on their arrival.
 */
export class AwsAccessLogsBucket extends Construct {
  /** The underlying bucket. */
  readonly bucket: S3Bucket;
  /** What lets the balancer write; it has to be there before the balancer is. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, { profile, retentionDays }: AwsAccessLogsBucketProps) {
    super(scope, id);
    const { account, region } = surroundings(this);
    this.bucket = new S3Bucket(this, "Resource", {
      bucket: `${physicalName(this, { kind: "S3 bucket", maxLength: MAX_NAME })}-${account}-${region}`,
      forceDestroy: profile === "sandbox",
      lifecycle: { preventDestroy: profile === "production" },
    });
    const bucket = this.bucket.id;
    const closed = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
    const publicAccess = new S3BucketPublicAccessBlock(this, "PublicAccess", { bucket, ...closed });
    new S3BucketOwnershipControls(this, "Ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    new S3BucketVersioningA(this, "Versioning", { bucket, versioningConfiguration: { status: "Enabled" } });
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    this.addExpiry(retentionDays);
    const document = new DataAwsIamPolicyDocument(this, "PolicyDocument", { statement: statements(this.bucket.arn, account) });
    this.policy = new S3BucketPolicy(this, "Policy", { bucket, policy: document.json, dependsOn: [publicAccess] });
  }

  private addExpiry(retentionDays: number): void {
    new S3BucketLifecycleConfiguration(this, "Expiry", {
      bucket: this.bucket.id,
      rule: [
        {
          id: "Expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: retentionDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 30 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
  }
}

function statements(bucketArn: string, account: string): DataAwsIamPolicyDocumentStatement[] {
  return [
    {
      sid: "BalancersOfThisAccountWrite",
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/AWSLogs/${account}/*`],
      principals: [{ type: "Service", identifiers: [DELIVERY] }],
    },
    {
      sid: "RefusePlainText",
      effect: "Deny",
      actions: ["s3:*"],
      resources: [bucketArn, `${bucketArn}/*`],
      principals: [{ type: "*", identifiers: ["*"] }],
      condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
    },
  ];
}
