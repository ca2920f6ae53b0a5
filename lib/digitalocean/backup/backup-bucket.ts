import { SpacesBucket } from "@cdktf/provider-digitalocean/lib/spaces-bucket";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { backupBucketSpec, type BackupBucketProps, type BackupBucketSpec } from "../../spec/backup-bucket";
import { specContext, type Lacks, type ProviderProps } from "../../spec/context";

/** Regions with Spaces. Source: digitalocean/spaces/spaces_entities.go of provider 2.71.0, read 2026-11-21. */
const SPACES_REGIONS = ["ams3", "atl1", "blr1", "fra1", "lon1", "nyc3", "sfo2", "sfo3", "sgp1", "syd1", "tor1"] as const;

/** Longest bucket name: part of a host name. Source: Spaces API reference, "Create a Bucket", read 2026-11-21. */
const MAX_NAME = 63;

/** What is left of uploads that never ended is deleted by DigitalOcean after 90 days; here after 7. */
const ABORT_UPLOADS_DAYS = 7;

const LACKS = {
  warmAfterDays: "Spaces move no objects to other storage",
  coldAfterDays: "Spaces move no objects to other storage",
  lock: "Spaces have no object lock; old versions of what is deleted are kept until the retention is over",
} satisfies Lacks<BackupBucketProps>;

export interface DigitalOceanBackupBucketProps extends Omit<BackupBucketProps, keyof typeof LACKS> {
  /** The region, such as `fra1`: another one than that of the data, if the bucket is to outlive it. Not every region has Spaces. */
  readonly region: (typeof SPACES_REGIONS)[number];
  /**
   * What the name of the bucket begins with, such as your company: the names of a region are shared by all customers of DigitalOcean.
   * 3 to 30 lower case letters, digits and dashes.
   */
  readonly namePrefix: string;
}

/**
 * A private bucket for exports that have to outlive Droplets and databases: versioned, and emptied by itself after the retention.
 *
 * Creates `digitalocean_spaces_bucket`. In production it cannot be destroyed by Terraform; in a sandbox it goes with what is in it.
 * Cost: 5.00 USD a month for all buckets of an account, with 250 GiB and 1 TiB of transfer; .02 a GiB and month more (all regions, 2026-06-29).
 * The provider needs `spaces_access_id` and `spaces_secret_key`. Encrypted by DigitalOcean; own keys, locks, cheaper storage, copies in other
 * regions and tags are what Spaces lack. Not covered: writing the exports, access logs, and keys that may only write to this bucket.
 * @see https://docs.digitalocean.com/products/spaces/how-to/configure-lifecycle-rules/
 */
export class DigitalOceanBackupBucket extends Construct {
  /** The bucket after defaults and checks. */
  readonly spec: BackupBucketSpec;
  /** The underlying bucket. */
  readonly bucket: SpacesBucket;

  constructor(scope: Construct, id: string, props: DigitalOceanBackupBucketProps) {
    super(scope, id);
    const limits = { maxRetentionDays: 36500, source: "Spaces" };
    this.spec = backupBucketSpec(props, specContext<Own, BackupBucketProps>(this, OWN_PROPS, LACKS), limits);
    const { profile, retentionDays, versioned } = this.spec;
    this.bucket = new SpacesBucket(this, "Resource", {
      name: physicalName(this, { kind: "Spaces bucket", prefix: `${props.namePrefix}-`, maxLength: MAX_NAME }),
      region: props.region,
      acl: "private",
      versioning: { enabled: versioned },
      lifecycleRule: [
        {
          id: "retention",
          enabled: true,
          expiration: { days: retentionDays },
          noncurrentVersionExpiration: { days: retentionDays },
          abortIncompleteMultipartUploadDays: ABORT_UPLOADS_DAYS,
        },
      ],
      forceDestroy: profile === "sandbox",
      lifecycle: { preventDestroy: profile === "production" },
    });
  }
}

type Own = Pick<DigitalOceanBackupBucketProps, "region" | "namePrefix">;

const OWN_PROPS: ProviderProps<Own> = {
  region: (check) => {
    check.oneOf("region", SPACES_REGIONS, undefined, "other regions have no Spaces (DigitalOcean)");
  },
  namePrefix: (check) => {
    const want = "3 to 30 lower case letters, digits and dashes, which name you: names are shared by all customers of a region";
    check.text("namePrefix", { pattern: /^[a-z0-9][a-z0-9-]{1,28}[a-z0-9]$/, want });
  },
};
