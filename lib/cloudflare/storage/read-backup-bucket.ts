import { asList, block, type Reader, type ResourceView } from "../../facts/inventory";
import type { BackupBucketSpec } from "../../spec/backup-bucket";

const DAY_SECONDS = 24 * 60 * 60;

/** A bucket for exports, as its lifecycle and its lock say it; a bucket without a retention is none. */
export const readBackupBucket: Reader = (bucket, inventory) => {
  const { address, path, attributes } = bucket;
  const rule = retentionRule(inventory.referring("cloudflare_r2_bucket_lifecycle", "bucket_name", bucket));
  if (rule === undefined) return [];
  const warmAfterDays = daysOf(block(rule.storage_class_transitions).condition, "max_age");
  const locked = retentionRule(inventory.referring("cloudflare_r2_bucket_lock", "bucket_name", bucket)) !== undefined;
  const spec: BackupBucketSpec = {
    profile: block(attributes.lifecycle).prevent_destroy === true ? "production" : "sandbox",
    retentionDays: daysOf(block(rule.delete_objects_transition).condition, "max_age") ?? 0,
    ...(warmAfterDays !== undefined && { warmAfterDays }),
    lock: { mode: locked ? "governance" : "none" },
    versioned: false,
  };
  return [{ kind: "backup-bucket", address, path, spec }];
};

function retentionRule([settings]: readonly ResourceView[]): ResourceView["attributes"] | undefined {
  const rule = asList(settings?.attributes.rules).find((one) => block(one).id === "retention");
  return rule === undefined ? undefined : block(rule);
}

function daysOf(condition: unknown, attribute: string): number | undefined {
  const seconds = block(condition)[attribute];
  return seconds === undefined ? undefined : Number(seconds) / DAY_SECONDS;
}
