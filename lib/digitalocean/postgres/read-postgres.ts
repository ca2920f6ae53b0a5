import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import { WEEKDAYS } from "../../spec/maintenance-window";
import { POSTGRES_SIZES, type PostgresSize, type PostgresSpec, type PostgresVersion } from "../../spec/postgres";
import { PLAN_SIZES, POSTGRES_LIMITS } from "./postgres-limits";
import { MIB_PER_GIB } from "./postgres-replica";

/** Ranges that no one outside of a private network has. Source: RFC 1918. */
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/**
 * A PostgreSQL database as its cluster, firewall and replicas say it. DigitalOcean encrypts every database, takes TLS only and keeps 7 days:
 * https://docs.digitalocean.com/products/databases/postgresql/, read 2026-11-21.
 */
export const readPostgres: Reader = (cluster, inventory) => {
  const { attributes } = cluster;
  if (attributes.engine !== "pg") return [];
  const of = (type: string) => inventory.referring(`digitalocean_database_${type}`, "cluster_id", cluster);
  const spec: PostgresSpec = {
    profile: block(attributes.lifecycle).prevent_destroy === true ? "production" : "sandbox",
    version: String(attributes.version) as PostgresVersion,
    size: sizeOf(String(attributes.size)),
    storageGiB: Number(attributes.storage_size_mib) / MIB_PER_GIB,
    standbys: Number(attributes.node_count) - 1,
    retentionDays: POSTGRES_LIMITS.maxRetentionDays,
    readReplicas: of("replica").length,
    password: "state",
    databaseName: String(of("db")[0]?.attributes.name),
    maintenanceWindow: maintenanceWindow(attributes.maintenance_window),
    encrypted: true,
    tlsRequired: true,
    exposure: exposureOf(cluster, inventory),
  };
  return [{ kind: "postgres", address: cluster.address, path: cluster.path, spec }];
};

function sizeOf(slug: string): PostgresSize {
  return POSTGRES_SIZES.find((name) => PLAN_SIZES[name].slug === slug) ?? (slug as PostgresSize);
}

function maintenanceWindow(value: unknown): string {
  const { day, hour } = block(asList(value)[0]);
  return `${WEEKDAYS.find((weekday) => weekday.toLowerCase() === day) ?? String(day)} ${String(hour)}`;
}

/** A cluster that has no firewall, or is in no network, is open to the world; so is one that lets public addresses in. */
function exposureOf(cluster: ResourceView, inventory: Inventory): PostgresSpec["exposure"] {
  const rules = inventory
    .referring("digitalocean_database_firewall", "cluster_id", cluster)
    .flatMap(({ attributes }) => asList(attributes.rule).map(block));
  const open = rules.some(({ type, value }) => type === "ip_addr" && !PRIVATE.test(String(value)));
  return rules.length === 0 || open || cluster.attributes.private_network_uuid === undefined ? "public" : "private";
}
