import { R2Bucket } from "@cdktf/provider-cloudflare/lib/r2-bucket";
import { R2BucketLifecycle } from "@cdktf/provider-cloudflare/lib/r2-bucket-lifecycle";
import { R2BucketLock } from "@cdktf/provider-cloudflare/lib/r2-bucket-lock";
import { R2ManagedDomain } from "@cdktf/provider-cloudflare/lib/r2-managed-domain";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { backupBucketSpec, type BackupBucketLimits, type BackupBucketProps, type BackupBucketSpec } from "../../spec/backup-bucket";
import type { LockMode } from "../../spec/backup-protection";
import { specContext, type Lacks, type ProviderProps } from "../../spec/context";
import { checkAccount, checkPlace, type CloudflareJurisdiction, type CloudflarePlaceProps } from "./place";

/** Longest bucket name: part of a host name. Source: https://developers.cloudflare.com/api/resources/r2/subresources/buckets/methods/create/, read 2026-11-21. */
const MAX_NAME = 63;

/**
 * Infrequent Access is billed for 30 days at least. Sources: https://developers.cloudflare.com/r2/buckets/storage-classes/ and
 * https://developers.cloudflare.com/r2/buckets/bucket-locks/, read 2026-11-21.
 */
const LIMITS: BackupBucketLimits = {
  maxRetentionDays: 36500,
  minWarmDays: 30,
  locks: { modes: ["none", "governance"], why: "who may edit an R2 bucket may remove its lock" },
  versions: false,
  source: "Cloudflare R2",
};

/** What is left of uploads that never ended is deleted after as many days as R2 does by itself; rules of one's own replace that one. Source: https://developers.cloudflare.com/r2/buckets/object-lifecycles/, read 2026-11-21. */
const ABORT_UPLOADS_DAYS = 7;

const DAY_SECONDS = 24 * 60 * 60;

const LACKS = { coldAfterDays: "R2 has no archive storage; Infrequent Access is warmAfterDays" } satisfies Lacks<BackupBucketProps>;

export interface CloudflareBackupBucketProps extends Omit<BackupBucketProps, keyof typeof LACKS | "lock">, CloudflarePlaceProps {
  /** The account that it is in: 32 hexadecimal digits. */
  readonly accountId: string;
  /**
   * Who may delete or overwrite objects before their time. R2 keeps no old versions, so that without a lock what is overwritten is lost.
   * @default - `governance` in production, `none` in a sandbox
   */
  readonly lock?: { readonly mode: Exclude<LockMode, "compliance"> };
}

/**
 * A private R2 bucket for exports and copies of data, also of other providers: locked, moved to cheaper storage and deleted by its own rules.
 *
 * Creates `cloudflare_r2_bucket`, `cloudflare_r2_bucket_lifecycle`, `cloudflare_r2_bucket_lock` and `cloudflare_r2_managed_domain`, which keeps it
 * from being public. In production Terraform cannot destroy it; in a sandbox it can, once it is empty. Terraform never removes the other three by
 * itself (provider 5.14.0): to be rid of a lock set it to `none`, and do not just take the construct away.
 * Cost: .015 USD a GB and month in standard storage and .01 in Infrequent Access, 4.50 for a million writes and .36 for a million reads, nothing
 * for what leaves it (2026). 10 GB, a million writes and ten million reads a month are included once for an account.
 * There is no `CloudflareBackupPolicy`: nothing at Cloudflare makes backups on a schedule but D1, which always does (`CloudflareDatabase`).
 * R2 lacks versions, archive storage, locks that nobody can remove, copies in other places, own keys (but those that a client sends with every
 * request) and tags. Not covered: writing the exports, access logs, and tokens that may only write to this bucket.
 * @see https://developers.cloudflare.com/r2/buckets/bucket-locks/
 */
export class CloudflareBackupBucket extends Construct {
  /** The bucket after defaults and checks. */
  readonly spec: BackupBucketSpec;
  /** The underlying bucket. */
  readonly bucket: R2Bucket;
  /** What happens to objects with time. */
  readonly rules: R2BucketLifecycle;
  /** Keeps the public name of the bucket off. */
  readonly publicName: R2ManagedDomain;
  /** Keeps objects until the retention is over; without rules when the lock is `none`. */
  readonly lock: R2BucketLock;
  /** Where its data has to stay, as a Worker's binding has to say it too. */
  readonly jurisdiction?: CloudflareJurisdiction;

  /** @throws IntentError when a prop is malformed, or asks for what R2 lacks. */
  constructor(scope: Construct, id: string, props: CloudflareBackupBucketProps) {
    super(scope, id);
    this.spec = backupBucketSpec(props, specContext<Own, BackupBucketProps>(this, ownProps(props), LACKS), LIMITS);
    const { accountId, jurisdiction } = props;
    this.jurisdiction = jurisdiction;
    this.bucket = new R2Bucket(this, "Resource", {
      accountId,
      jurisdiction,
      location: props.location,
      name: physicalName(this, { kind: "R2 bucket", maxLength: MAX_NAME }),
      storageClass: "Standard",
      lifecycle: { preventDestroy: this.spec.profile === "production" },
    });
    const place = { accountId, jurisdiction, bucketName: this.bucket.name };
    this.publicName = new R2ManagedDomain(this, "PublicName", { ...place, enabled: false });
    this.rules = new R2BucketLifecycle(this, "Rules", { ...place, rules: [...lifecycleRules(this.spec)] });
    this.lock = new R2BucketLock(this, "Lock", { ...place, rules: lockRules(this.spec) });
  }

  /** The name that a Worker's binding asks for. */
  get bucketName(): string {
    return this.bucket.name;
  }
}

function lifecycleRules({ retentionDays, warmAfterDays }: BackupBucketSpec) {
  const after = (days: number) => ({ condition: { type: "Age", maxAge: days * DAY_SECONDS } });
  return [
    {
      id: "retention",
      enabled: true,
      conditions: { prefix: "" },
      deleteObjectsTransition: after(retentionDays),
      abortMultipartUploadsTransition: after(ABORT_UPLOADS_DAYS),
      ...(warmAfterDays !== undefined && {
        storageClassTransitions: [{ ...after(warmAfterDays), storageClass: "InfrequentAccess" }],
      }),
    },
  ];
}

/** Nothing at all when there is no lock: the provider does not remove a lock that is destroyed, and a bucket with any rule cannot be emptied. */
function lockRules({ lock, retentionDays }: BackupBucketSpec) {
  const condition = { type: "Age", maxAgeSeconds: retentionDays * DAY_SECONDS };
  return lock?.mode === "governance" ? [{ id: "retention", enabled: true, prefix: "", condition }] : [];
}

type Own = Pick<CloudflareBackupBucketProps, "accountId" | "location" | "jurisdiction">;

const ownProps = (props: CloudflareBackupBucketProps): ProviderProps<Own> => ({
  accountId: checkAccount,
  location: (check) => checkPlace(check, props),
  jurisdiction: () => undefined,
});
