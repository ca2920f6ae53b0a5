import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import { POSTGRES_SIZES, type PostgresSize, type PostgresSpec, type PostgresVersion } from "../../spec/postgres";
import { INSTANCE_SIZES } from "./postgres-limits";

/** RDS rotates a password that it manages every 7 days unless told otherwise. Source: RDS user guide, read 2026-11-21. */
const RDS_ROTATION_DAYS = 7;

const DAYS: Readonly<Record<string, string>> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};

/** A PostgreSQL database as its instance, parameter group, logs and replicas say it. A replica is part of what it copies. */
export const readPostgres: Reader = (instance, inventory) => {
  const { attributes } = instance;
  if (attributes.engine !== "postgres") return [];
  const spec: PostgresSpec = {
    profile: attributes.deletion_protection === true ? "production" : "sandbox",
    version: String(attributes.engine_version) as PostgresVersion,
    size: sizeOf(String(attributes.instance_class)),
    storageGiB: Number(attributes.allocated_storage),
    maxStorageGiB: attributes.max_allocated_storage as number | undefined,
    zones: attributes.multi_az === true ? 2 : 1,
    retentionDays: Number(attributes.backup_retention_period ?? 0),
    readReplicas: inventory.referring("aws_db_instance", "replicate_source_db", instance).length,
    ...passwordOf(instance, inventory),
    databaseName: String(attributes.db_name),
    adminName: String(attributes.username),
    port: Number(attributes.port),
    backupWindow: String(attributes.backup_window),
    maintenanceWindow: maintenanceWindow(String(attributes.maintenance_window)),
    logRetentionDays: logDays(instance, inventory),
    encrypted: attributes.storage_encrypted === true,
    tlsRequired: parameter(instance, inventory, "rds.force_ssl") === "1",
    exposure: attributes.publicly_accessible === true ? "public" : "private",
  };
  return [{ kind: "postgres", address: instance.address, path: instance.path, spec }];
};

function sizeOf(instanceClass: string): PostgresSize {
  const size = POSTGRES_SIZES.find((name) => INSTANCE_SIZES[name].instanceClass === instanceClass);
  return size ?? (instanceClass as PostgresSize);
}

function passwordOf(
  instance: ResourceView,
  inventory: Inventory,
): Pick<PostgresSpec, "password" | "passwordVersion" | "passwordRotationDays"> {
  if (instance.attributes.manage_master_user_password !== true) {
    return { password: "write-only", passwordVersion: Number(instance.attributes.password_wo_version) };
  }
  const [rotation] = inventory.referring("aws_secretsmanager_secret_rotation", "secret_id", instance);
  const days = block(rotation?.attributes.rotation_rules).automatically_after_days;
  return { password: "managed", passwordRotationDays: Number(days ?? RDS_ROTATION_DAYS) };
}

/** `sun:02:00-sun:04:00` as `Sunday 02:00-04:00`. */
function maintenanceWindow(window: string): string {
  const [start = "", end = ""] = window.split("-");
  const day = start.slice(0, 3);
  return `${DAYS[day] ?? day} ${start.slice(4)}-${end.slice(4)}`;
}

/** The log groups are made before the instance, so it names them. */
function logDays(instance: ResourceView, inventory: Inventory): number {
  const groups = asList(instance.attributes.depends_on).map((address) => inventory.referred(`\${${String(address)}}`));
  const days = groups.flatMap((group) => asList(group?.attributes.retention_in_days)).map(Number);
  return days.length === 0 ? 0 : Math.min(...days);
}

function parameter(instance: ResourceView, inventory: Inventory, name: string): unknown {
  const group = inventory.referred(instance.attributes.parameter_group_name);
  const found = asList(group?.attributes.parameter).find((entry) => block(entry).name === name);
  return block(found).value;
}
