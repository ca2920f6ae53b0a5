import { block, type Reader } from "../../facts/inventory";
import { WEEKDAYS } from "../../spec/maintenance-window";
import type { PostgresSize, PostgresSpec, PostgresVersion } from "../../spec/postgres";
import { NODE_SIZES } from "./postgres-limits";

/**
 * A PostgreSQL database as its database system says it. OCI encrypts every database, takes TLS only and has private addresses only:
 * https://docs.oracle.com/en-us/iaas/Content/postgresql/home.htm, read 2026-11-21.
 */
export const readPostgres: Reader = ({ address, attributes, path }) => {
  const zones = block(attributes.storage_details).is_regionally_durable === true ? 2 : 1;
  const { backup_policy, maintenance_window_start, pitr_policy } = block(attributes.management_policy);
  const { password_details, username } = block(attributes.credentials);
  const { password_type, secret_version } = block(password_details);
  const spec: PostgresSpec = {
    profile: block(attributes.lifecycle).prevent_destroy === true ? "production" : "sandbox",
    version: String(attributes.db_version) as PostgresVersion,
    size: sizeOf(attributes),
    zones,
    retentionDays: retentionOf(block(backup_policy), block(pitr_policy)),
    readReplicas: Number(attributes.instance_count) - zones,
    password: password_type === "VAULT_SECRET" ? "secret-store" : "state",
    passwordVersion: Number(secret_version),
    adminName: String(username),
    backupWindow: String(block(backup_policy).backup_start),
    maintenanceWindow: maintenanceWindow(String(maintenance_window_start)),
    encrypted: true,
    tlsRequired: true,
    exposure: "private",
  };
  return [{ kind: "postgres", address, path, spec }];
};

function sizeOf({ instance_ocpu_count: ocpus, instance_memory_size_in_gbs: memory }: Readonly<Record<string, unknown>>): PostgresSize {
  const found = Object.entries(NODE_SIZES).find(([, size]) => size.ocpus === ocpus && size.memoryGiB === memory);
  return (found?.[0] ?? `${String(ocpus)} OCPU, ${String(memory)} GB`) as PostgresSize;
}

/** Days for which there is both a backup and what lies between two of them. */
function retentionOf(backup: Readonly<Record<string, unknown>>, pitr: Readonly<Record<string, unknown>>): number {
  if (backup.kind !== "DAILY" || pitr.kind !== "STANDARD") return 0;
  return Math.min(Number(backup.retention_days), Number(pitr.restore_days));
}

/** `SUN 02:00` as `Sunday 02:00`. */
function maintenanceWindow(start: string): string {
  const [day = "", time = ""] = start.split(" ");
  return `${WEEKDAYS.find((weekday) => weekday.slice(0, 3).toUpperCase() === day) ?? day} ${time}`;
}
