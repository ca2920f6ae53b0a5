import { asList, block, type Reader } from "../../facts/inventory";
import type { BackupBucketSpec, BucketLockProps } from "../../spec/backup-bucket";

type Attributes = Readonly<Record<string, unknown>>;

/** A bucket for exports, as itself and its rules say it; a bucket without a retention is none. */
export const readBackupBucket: Reader = (bucket, inventory) => {
  const [policy] = inventory.referring("oci_objectstorage_object_lifecycle_policy", "bucket", bucket);
  const rules = asList(policy?.attributes.rules) as Attributes[];
  const days = (name: string): number | undefined => {
    const rule = rules.find((one) => one.name === name);
    return rule && Number(rule.time_amount);
  };
  const retentionDays = days("retention");
  if (retentionDays === undefined) return [];
  const [warmAfterDays, coldAfterDays] = [days("warm"), days("cold")];
  const spec: BackupBucketSpec = {
    profile: block(bucket.attributes.lifecycle).prevent_destroy === true ? "production" : "sandbox",
    retentionDays,
    ...(warmAfterDays !== undefined && { warmAfterDays }),
    ...(coldAfterDays !== undefined && { coldAfterDays }),
    lock: lockOf(bucket.attributes),
    versioned: bucket.attributes.versioning === "Enabled",
  };
  return [{ kind: "backup-bucket", address: bucket.address, path: bucket.path, spec }];
};

function lockOf({ retention_rules: rules }: Attributes): BucketLockProps {
  const [rule] = asList(rules) as Attributes[];
  if (rule === undefined) return { mode: "none" };
  const { time_rule_locked: lockedFrom } = rule;
  return lockedFrom === undefined ? { mode: "governance" } : { mode: "compliance", lockedFrom: String(lockedFrom) };
}
