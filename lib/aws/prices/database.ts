import type { ResourceView } from "../../facts/inventory";
import { isExpression, isTrue, numberOf, textOf } from "../../cost/literal";
import type { Charge, PriceRule } from "../../cost/rule";
import { hourly, monthly, publicAddresses, referredOr, SECRET, unknown, unpriced, used } from "./charges";

const SERVICES: Readonly<Record<string, string>> = { postgres: "RDS PostgreSQL", mysql: "RDS MySQL" };

/** IOPS of a gp3 database volume at no charge: below and from 400 GiB. Source: Amazon RDS user guide, gp3 storage; not verified. */
const GP3_IOPS = { small: 3000, large: 12000, fromGiB: 400 } as const;

/** Days of performance data at no charge; what is kept longer is a gap. */
const INSIGHTS_DAYS = 7;

/** A database: hours of its class in one or two zones (two are a price of their own), storage, backups. */
export const priceDatabase: PriceRule = (database, inventory) => {
  const source = referredOr(database, "replicate_source_db", inventory);
  const attributes = { ...source.attributes, ...database.attributes };
  const engine = textOf(source.attributes.engine);
  const service = engine === undefined ? undefined : SERVICES[engine];
  if (service === undefined) return [unpriced(`${engine ?? "an engine that is no literal"} is not in the book`)];
  if (isExpression(attributes.multi_az)) return [unknown("multi_az is not a literal")];
  const zones = isTrue(database.attributes.multi_az) ? "multi-az" : "single-az";
  const size = textOf(database.attributes.instance_class);
  if (size === undefined) return [unknown("instance_class is not a literal", "database hours")];
  return [
    hourly(`database ${size}, ${zones}`, { service, sku: `${size}:${zones}`, unit: "instance-hour" }, 1, "1 database"),
    ...storageCharges(attributes, service, zones),
    ...extraCharges(database, service, size),
  ];
};

function storageCharges(attributes: ResourceView["attributes"], service: string, zones: string): Charge[] {
  const type = textOf(attributes.storage_type ?? "gp2");
  const size = numberOf(attributes.allocated_storage);
  const most = numberOf(attributes.max_allocated_storage) ?? 0;
  const iops = numberOf(attributes.iops);
  if (type === undefined || typeof size !== "number" || most === "unknown" || iops === "unknown") {
    return [unknown("size, type or iops of the storage is not a literal", "database storage")];
  }
  const range = { low: size, expected: size, high: Math.max(size, most) };
  const basis = range.high === size ? `${size} GiB ${type}` : `${size} to ${range.high} GiB ${type}`;
  const storage = monthly("database storage", { service, sku: `${type}-storage:${zones}`, unit: "GB-month" }, range, basis);
  const baseline = size < GP3_IOPS.fromGiB ? GP3_IOPS.small : GP3_IOPS.large;
  if (iops === undefined || (type === "gp3" && iops <= baseline)) return [storage];
  if (type !== "gp3") return [storage, unpriced(`provisioned IOPS of ${type} are not in the book`, "database IOPS")];
  const beyond = iops - baseline;
  const price = { service: "RDS", sku: `gp3-iops-over-baseline:${zones}`, unit: "IOPS-month" };
  return [storage, monthly("database IOPS", price, beyond, `${beyond} beyond ${baseline}`)];
}

function extraCharges({ attributes }: ResourceView, service: string, size: string): Charge[] {
  const charges: Charge[] = [];
  const logs = { service: "CloudWatch", sku: "logs-ingest", unit: "GB" };
  if (numberOf(attributes.backup_retention_period) !== 0) {
    charges.push(used("backups beyond the size of the database", { service, sku: "backup-storage", unit: "GB-month" }, "databaseBackupGB"));
  }
  const family = /^db\.(t\d[a-z]*)\./.exec(size)?.[1];
  if (family !== undefined) {
    charges.push(used("CPU beyond its share", { service, sku: `cpu-credits:${family}`, unit: "vCPU-hour" }, "databaseCreditHours"));
  }
  if (isTrue(attributes.manage_master_user_password)) charges.push(monthly("managed password", SECRET, 1, "1 secret"));
  if ((numberOf(attributes.monitoring_interval) ?? 0) !== 0) charges.push(used("operating system metrics, as logs", logs, "logGB"));
  if (isTrue(attributes.publicly_accessible)) charges.push(publicAddresses(1, "1 address"));
  const days = numberOf(attributes.performance_insights_retention_period) ?? INSIGHTS_DAYS;
  const advanced = attributes.database_insights_mode === "advanced";
  if (advanced || days === "unknown" || days > INSIGHTS_DAYS)
    charges.push(unpriced("performance data for more than 7 days is not in the book"));
  return charges;
}
