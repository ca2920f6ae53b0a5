import { asList, block, type Reader } from "../../facts/inventory";
import type { BackupBucketSpec } from "../../spec/backup-bucket";

/** A bucket for exports, as its versioning and its lifecycle rule say it; a bucket without a retention is none. */
export const readBackupBucket: Reader = ({ address, path, attributes }) => {
  const [rule] = asList(attributes.lifecycle_rule).filter((one) => block(one).id === "retention");
  if (rule === undefined) return [];
  const spec: BackupBucketSpec = {
    profile: attributes.force_destroy === true ? "sandbox" : "production",
    retentionDays: Number(block(block(rule).expiration).days),
    versioned: block(attributes.versioning).enabled === true,
  };
  return [{ kind: "backup-bucket", address, path, spec }];
};
