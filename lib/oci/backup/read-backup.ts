import { asList, block, type Reader } from "../../facts/inventory";
import type { BackupSpec } from "../../spec/backup";
import type { BackupLockSpec } from "../../spec/backup-protection";
import { addressIn } from "../../spec/reference";
import { readPeriod } from "./backup-calendar";

type Attributes = Readonly<Record<string, unknown>>;

/** A backup policy as itself and its assignments say it. */
export const readBackup: Reader = (policy, inventory) => {
  const { destination_region: region, lifecycle } = policy.attributes;
  const copies = typeof region === "string" && region !== "none" ? [{ region }] : [];
  const schedules = (asList(policy.attributes.schedules) as Attributes[]).map((schedule) => ({ ...readPeriod(schedule), copies }));
  const assignments = inventory.referring("oci_core_volume_backup_policy_assignment", "policy_id", policy);
  const spec: BackupSpec = {
    profile: block(lifecycle).prevent_destroy === true ? "production" : "sandbox",
    sources: assignments.map(({ attributes }) => addressIn(String(attributes.asset_id))).sort(),
    schedules,
    lock: lockOf(asList(policy.attributes.schedules) as Attributes[]),
    rpoMinutes: Math.min(...schedules.map(({ rpoMinutes }) => rpoMinutes)),
  };
  return [{ kind: "backup", address: policy.address, path: policy.path, spec }];
};

/** The weakest lock of the schedules. */
function lockOf(schedules: readonly Attributes[]): BackupLockSpec {
  if (schedules.every((schedule) => schedule.is_retention_lock_enabled === true)) return { mode: "compliance" };
  return { mode: schedules.every((schedule) => schedule.is_prevent_deletion_enabled === true) ? "governance" : "none" };
}
