import type { Inventory, ResourceView } from "../../facts/inventory";
import { computed } from "../../recovery/mechanisms";
import type { Alternative } from "../../recovery/stateful";
import { INSTANCE_SIZES } from "../postgres/postgres-limits";
import { priceDatabase } from "../prices/database";
import { regionOf } from "../prices/region";
import { AWS_MECHANISMS } from "./mechanisms";

type Attributes = ResourceView["attributes"];

/**
 * The most often that a backup can be made: every hour, begun within an hour.
 * Source: "BackupRule" in the AWS Backup API reference, read 2026-11-21.
 */
const MOST_OFTEN = computed(60 + 60);

/** Once a day, begun within an hour: what does not get in the way of a database's own backup window. */
const DAILY = computed(24 * 60 + 60);

const HOURLY = "hourly, begun within 60 minutes";

/** The smallest database that the Postgres intent makes, with what is on the disk in it. */
const DATABASE = {
  engine: "postgres",
  instance_class: INSTANCE_SIZES.small.instanceClass,
  storage_type: "gp3",
  allocated_storage: 20,
  manage_master_user_password: true,
} as const;

/** Backups, as often as AWS Backup can make them. */
export function backupAlternatives(): readonly Alternative[] {
  return [
    { use: AWS_MECHANISMS.use("backup", { detail: HOURLY, rpo: MOST_OFTEN }) },
    { use: AWS_MECHANISMS.use("backupCopy", { detail: HOURLY, rpo: MOST_OFTEN }) },
  ];
}

/** What is possible for what is on a disk: first as it is, then elsewhere. */
export function diskAlternatives(disk: ResourceView, inventory: Inventory): readonly Alternative[] {
  const detail = "state in PostgreSQL instead of on the disk";
  const adds = (attributes: Attributes) =>
    priceDatabase({ ...disk, type: "aws_db_instance", attributes: { ...DATABASE, ...attributes } }, inventory, {
      region: regionOf(disk, inventory),
    });
  const inDatabase = (id: "databaseStandby" | "databasePointInTime", attributes: Attributes): Alternative => ({
    use: AWS_MECHANISMS.use(id, { detail }),
    costs: { resource: disk, adds: adds(attributes) },
  });
  return [
    ...backupAlternatives(),
    { use: AWS_MECHANISMS.use("textInGit") },
    inDatabase("databasePointInTime", {}),
    inDatabase("databaseStandby", { multi_az: true }),
    ...elsewhere(),
  ];
}

/** What is possible for a database instance. */
export function databaseAlternatives(database: ResourceView, inventory: Inventory): readonly Alternative[] {
  const changed = (attributes: Attributes): Alternative["costs"] => ({
    resource: database,
    instead: priceDatabase({ ...database, attributes: { ...database.attributes, ...attributes } }, inventory, {
      region: regionOf(database, inventory),
    }),
  });
  return [
    { use: AWS_MECHANISMS.use("databaseStandby"), costs: changed({ multi_az: true }) },
    { use: AWS_MECHANISMS.use("databasePointInTime"), costs: changed({ backup_retention_period: 7 }) },
    { use: AWS_MECHANISMS.use("backupCopy", { detail: "daily, begun within 60 minutes", rpo: DAILY }) },
    { use: AWS_MECHANISMS.use("auroraGlobal", { detail: "Aurora instead of an RDS instance" }) },
    ...elsewhere(),
  ];
}

/** What is possible for an Aurora cluster. */
export function clusterAlternatives(): readonly Alternative[] {
  return [
    { use: AWS_MECHANISMS.use("auroraReplica") },
    { use: AWS_MECHANISMS.use("auroraPointInTime") },
    { use: AWS_MECHANISMS.use("auroraGlobal") },
    ...elsewhere(),
  ];
}

/** The only PostgreSQL of AWS that confirms a write in two regions. */
function elsewhere(): readonly Alternative[] {
  return [{ use: AWS_MECHANISMS.use("dsqlRegions") }];
}
