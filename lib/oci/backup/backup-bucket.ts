import { Construct } from "constructs";
import { physicalName } from "../../names";
import { backupBucketSpec, type BackupBucketProps, type BackupBucketSpec } from "../../spec/backup-bucket";
import { specContext, type ProviderProps } from "../../spec/context";
import { IdentityPolicy } from "../bindings/identity-policy";
import { ObjectstorageBucket, type ObjectstorageBucketRetentionRules } from "../bindings/objectstorage-bucket";
import {
  ObjectstorageObjectLifecyclePolicy,
  type ObjectstorageObjectLifecyclePolicyRules,
} from "../bindings/objectstorage-object-lifecycle-policy";
import { compartmentOf } from "../compartment";
import { OciKey } from "../key";
import { tryRegion } from "../region";

/** Longest names. Source: Object Storage and IAM API references, CreateBucketDetails and CreatePolicyDetails, read 2026-11-21. */
const MAX_NAME = 256;
const MAX_POLICY_NAME = 100;

/** Days that are billed in any case. Source: https://docs.oracle.com/en-us/iaas/Content/Object/Concepts/understandingstoragetiers.htm, read 2026-11-21. */
const TIERS = { minWarmDays: 31, minColdDays: 90, maxRetentionDays: 36500, source: "OCI Object Storage" };

/** Days after which what is left of uploads that never ended is deleted. */
const ABORT_UPLOADS_DAYS = 7;

export interface OciBackupBucketProps extends BackupBucketProps {
  /** The Object Storage namespace of the tenancy: what `oci os ns get` says. */
  readonly namespace: string;
}

/**
 * A private bucket for exports and copies: encrypted with the stack's key, locked, moved to cheaper storage and deleted by its own rules.
 *
 * Creates `oci_objectstorage_bucket`, `oci_objectstorage_object_lifecycle_policy`, and `oci_identity_policy` that lets the service follow the
 * rules and use the key; the stack's key and vault are shared.
 * Cost: .0255 USD a GB and month in standard storage (all regions, 2024-01-19).
 * With a lock objects cannot be overwritten or deleted before the retention is over; without one every old version is kept that long
 * instead, since OCI has either retention rules or versions. A lock of `compliance` leaves 14 days or more to change one's mind.
 * IAM policies are made in the home region of the tenancy: in another region, give `permission` a provider of the home region.
 * Not covered: writing the exports, copies in other regions, and who may read the bucket.
 * @see https://docs.oracle.com/en-us/iaas/Content/Object/Tasks/usingretentionrules.htm
 */
export class OciBackupBucket extends Construct {
  /** The bucket after defaults and checks. */
  readonly spec: BackupBucketSpec;
  /** The underlying bucket. */
  readonly bucket: ObjectstorageBucket;
  /** Lets the service move and delete objects. */
  readonly permission: IdentityPolicy;
  /** What happens to objects with time. */
  readonly rules: ObjectstorageObjectLifecyclePolicy;

  constructor(scope: Construct, id: string, props: OciBackupBucketProps) {
    super(scope, id);
    const region = tryRegion(this);
    this.spec = backupBucketSpec(props, specContext<Own>(this, ownProps(region)), TIERS);
    const service = `service objectstorage-${region}`;
    this.bucket = this.addBucket(props.namespace, OciKey.of(this).allow("ObjectStorage", service));
    this.permission = this.addPermission(service);
    this.rules = new ObjectstorageObjectLifecyclePolicy(this, "Rules", {
      namespace: props.namespace,
      bucket: this.bucket.name,
      rules: rulesOf(this.spec),
      dependsOn: [this.permission],
    });
  }

  private addBucket(namespace: string, keyUse: IdentityPolicy): ObjectstorageBucket {
    const { lock, profile, retentionDays, versioned } = this.spec;
    return new ObjectstorageBucket(this, "Resource", {
      compartmentId: compartmentOf(this),
      namespace,
      name: physicalName(this, { kind: "bucket", maxLength: MAX_NAME }),
      accessType: "NoPublicAccess",
      kmsKeyId: OciKey.of(this).keyId,
      objectEventsEnabled: true,
      versioning: versioned ? "Enabled" : "Disabled",
      retentionRules: versioned ? undefined : [retentionRule(retentionDays, lock?.lockedFrom)],
      lifecycle: { preventDestroy: profile === "production" },
      dependsOn: [keyUse],
    });
  }

  private addPermission(service: string): IdentityPolicy {
    const compartmentId = compartmentOf(this);
    const where = `where target.bucket.name = '${this.bucket.name}'`;
    return new IdentityPolicy(this, "Permission", {
      compartmentId,
      name: physicalName(this, { kind: "policy", maxLength: MAX_POLICY_NAME, suffix: "lifecycle" }),
      description: `Lets Object Storage follow the rules of ${this.node.path}`,
      statements: [`Allow ${service} to manage object-family in compartment id ${compartmentId} ${where}`],
    });
  }
}

function retentionRule(days: number, lockedFrom: string | undefined): ObjectstorageBucketRetentionRules {
  return { displayName: "retention", duration: { timeAmount: String(days), timeUnit: "DAYS" }, timeRuleLocked: lockedFrom };
}

function rulesOf({ retentionDays, warmAfterDays, coldAfterDays, versioned }: BackupBucketSpec): ObjectstorageObjectLifecyclePolicyRules[] {
  const rule = (name: string, action: string, days: number | undefined, target = "objects") =>
    days === undefined ? [] : [{ name, action, target, timeAmount: String(days), timeUnit: "DAYS", isEnabled: true }];
  return [
    ...rule("warm", "INFREQUENT_ACCESS", warmAfterDays),
    ...rule("cold", "ARCHIVE", coldAfterDays),
    ...rule("retention", "DELETE", retentionDays),
    ...rule("old-versions", "DELETE", versioned ? retentionDays : undefined, "previous-object-versions"),
    ...rule("uploads", "ABORT", ABORT_UPLOADS_DAYS, "multipart-uploads"),
  ];
}

type Own = Pick<OciBackupBucketProps, "namespace">;

function ownProps(region: string | undefined): ProviderProps<Own> {
  return {
    namespace: (check) => {
      const want = 'the Object Storage namespace of the tenancy, such as "axaxnpcrorw5": what `oci os ns get` says';
      check.text("namespace", { pattern: /^[A-Za-z0-9_-]{1,100}$/, want, tokens: true });
      if (region !== undefined) return;
      const known = "a stack whose region is known at synth: the service that follows the rules is named by it";
      check.issue("region", region, known, "give the provider of the stack a literal region");
    },
  };
}
