import type { Lacks } from "../../spec/context";
import type { PostgresProps, PostgresSize, PostgresSpecWith } from "../../spec/postgres";
import type { PostgresLimits } from "../../spec/postgres-limits";

interface PlanSize {
  readonly slug: string;
  readonly vcpus: number;
  readonly memoryGiB: number;
}

/**
 * Plan with shared processors per size; the slug says vCPU and memory.
 * Source: sizes of databases in DigitalOcean's Terraform provider 2.71.0 and API clients, read 2026-11-21.
 */
export const PLAN_SIZES = {
  micro: { slug: "db-s-1vcpu-1gb", vcpus: 1, memoryGiB: 1 },
  small: { slug: "db-s-1vcpu-2gb", vcpus: 1, memoryGiB: 2 },
  medium: { slug: "db-s-2vcpu-4gb", vcpus: 2, memoryGiB: 4 },
  large: { slug: "db-s-4vcpu-8gb", vcpus: 4, memoryGiB: 8 },
  xlarge: { slug: "db-s-6vcpu-16gb", vcpus: 6, memoryGiB: 16 },
  "2xlarge": { slug: "db-s-8vcpu-32gb", vcpus: 8, memoryGiB: 32 },
} as const satisfies Record<PostgresSize, PlanSize>;

/** Neutral props that a DigitalOcean database cannot honour. */
export type Lacking =
  | "zones"
  | "maxStorageGiB"
  | "password"
  | "passwordVersion"
  | "passwordRotationDays"
  | "adminName"
  | "port"
  | "backupWindow"
  | "logRetentionDays";

export const LACKS = {
  zones: "DigitalOcean regions have no zones: set standbys",
  maxStorageGiB: "the provider has no argument for storage that grows on its own: raise storageGiB",
  password: "DigitalOcean makes every password, and Terraform's state holds it",
  passwordVersion: "DigitalOcean renews a password in its control panel only",
  passwordRotationDays: "DigitalOcean rotates no passwords",
  adminName: 'the administrator of a DigitalOcean database is always "doadmin"',
  port: "DigitalOcean chooses the port",
  backupWindow: "DigitalOcean chooses the hour of the daily backup",
  logRetentionDays: "DigitalOcean has no retention of database logs to choose",
} satisfies Record<Lacking, string> & Lacks<PostgresProps>;

/**
 * What DigitalOcean Managed PostgreSQL allows. Sources, read 2026-11-21, below https://docs.digitalocean.com/products/databases/postgresql/:
 * details/limits (3 nodes, point in time within 7 days), how-to/add-standby-nodes (2 standbys, plans with 2 GiB of memory or more).
 * The least storage of the two smallest plans is in the price book (2026-09-30); of the others these are earlier numbers of the control panel,
 * and the API may ask for more. What a plan takes at most is published at https://www.digitalocean.com/pricing/managed-databases only.
 * Version 13 is left out, which PostgreSQL ended in November 2025 (https://www.postgresql.org/support/versioning/); no limit of read-only
 * nodes is published, so the library's own holds.
 */
export const POSTGRES_LIMITS: PostgresLimits = {
  versions: ["14", "15", "16", "17"],
  sizes: ["micro", "small", "medium", "large", "xlarge", "2xlarge"],
  storageGiB: { min: 10, max: Infinity },
  leastStorageGiB: { micro: 10, small: 30, medium: 38, large: 115, xlarge: 270, "2xlarge": 580 },
  standbys: { max: 2, sizes: ["small", "medium", "large", "xlarge", "2xlarge"] },
  minRetentionDays: 7,
  maxRetentionDays: 7,
  maxReadReplicas: 15,
  refusedDatabaseNames: ["defaultdb", "postgres", "template0", "template1", "_dodb"],
  password: "state",
  source: "DigitalOcean Managed PostgreSQL",
};

/** The database after defaults and checks, with what every database at DigitalOcean has. */
export type DigitalOceanPostgresSpec = PostgresSpecWith<"storageGiB" | "standbys" | "databaseName">;

/**
 * Regions that have every plan above without restriction.
 * Source: https://docs.digitalocean.com/products/databases/postgresql/details/availability/, generated 2026-03-26, read 2026-11-21.
 */
export const DATABASE_REGIONS: readonly string[] = [
  "nyc1",
  "nyc2",
  "nyc3",
  "ams3",
  "sfo2",
  "sfo3",
  "sgp1",
  "lon1",
  "fra1",
  "tor1",
  "blr1",
  "syd1",
];

/** Most connection pools of a cluster, and connections that DigitalOcean keeps for itself; the others are 25 for each GiB of memory. */
export const MAX_POOLS = 21;
const RESERVED_CONNECTIONS = 3;
const CONNECTIONS_PER_GIB = 25;

/**
 * Connections that pools can share.
 * Source: https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/, read 2026-11-21.
 */
export function connectionsOf(size: PostgresSize): number {
  return PLAN_SIZES[size].memoryGiB * CONNECTIONS_PER_GIB - RESERVED_CONNECTIONS;
}
