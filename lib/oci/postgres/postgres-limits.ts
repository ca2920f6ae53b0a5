import type { Lacks } from "../../spec/context";
import { POSTGRES_VERSIONS, type PostgresProps, type PostgresSize, type PostgresSpecWith } from "../../spec/postgres";
import type { PostgresLimits } from "../../spec/postgres-limits";

/** Sizes that OCI has: the smallest node is one OCPU (two threads) with 16 GB. */
export type OciPostgresSize = Extract<PostgresSize, "large" | "xlarge" | "2xlarge">;

interface NodeSize {
  readonly ocpus: number;
  readonly memoryGiB: number;
}

/**
 * OCPUs and memory of each node per size: 16 GB for each OCPU, the default ratio; 1 to 64 OCPUs and 16 to 1024 GB are possible.
 * Source: what `oci psql shape-summary list-shapes` said on 2026-09-09, in HyperFleet's ADR 0022 (us-sanjose-1), read 2026-11-21.
 */
export const NODE_SIZES = {
  large: { ocpus: 1, memoryGiB: 16 },
  xlarge: { ocpus: 2, memoryGiB: 32 },
  "2xlarge": { ocpus: 4, memoryGiB: 64 },
} as const satisfies Record<OciPostgresSize, NodeSize>;

/** Processors that a node can have; where each is offered, `oci psql shape-summary list-shapes` shows. */
export const SHAPES = {
  E5: "PostgreSQL.VM.Standard.E5.Flex",
  E6: "PostgreSQL.VM.Standard.E6.Flex",
  Standard3: "PostgreSQL.VM.Standard3.Flex",
} as const;

/**
 * Performance tiers. OCI lists them at https://docs.oracle.com/en-us/iaas/Content/postgresql/performance-tiers.htm; these are the values of
 * Oracle's sample module for this service, read 2026-11-21.
 */
export const IOPS = [75_000, 150_000, 225_000, 300_000] as const;

/** The port of every database system: PostgreSQL's own. Provider 8.28.0 has no argument for another. */
export const PORT = 5432;

/** The database that every database system has. */
export const FIRST_DATABASE = "postgres";

/** Neutral props that an OCI database cannot honour. */
export type Lacking =
  "standbys" | "storageGiB" | "maxStorageGiB" | "password" | "passwordRotationDays" | "databaseName" | "port" | "logRetentionDays";

export const LACKS = {
  standbys: "every read replica of OCI takes over when the first node fails: set zones or readReplicas",
  storageGiB: "storage of an OCI database has no size: it grows with the data, and what is used is charged",
  maxStorageGiB: "storage of an OCI database grows with the data, without an end to choose",
  password: "the password of an OCI database is always a secret in a vault: leave it out, or set passwordSecretId",
  passwordRotationDays: "OCI rotates no passwords of PostgreSQL: make a new version of the secret and raise passwordVersion",
  databaseName: 'OCI makes the database "postgres" only: create others in SQL',
  port: "the port of an OCI database is always 5432",
  logRetentionDays: "an OCI database sends no logs on its own",
} satisfies Record<Lacking, string> & Lacks<PostgresProps>;

/**
 * What OCI Database with PostgreSQL allows. Sources, read 2026-11-21, below https://docs.oracle.com/en-us/iaas/Content/postgresql/:
 * backups.htm (35 days), manage-nodes.htm (read replicas take over); no limit of nodes is in the provider, so the library's own holds.
 */
export const POSTGRES_LIMITS: PostgresLimits = {
  versions: POSTGRES_VERSIONS,
  sizes: Object.keys(NODE_SIZES) as OciPostgresSize[],
  replicasTakeOver: true,
  maxRetentionDays: 35,
  maxReadReplicas: 15,
  maxAdminName: 63,
  refusedAdminNames: ["postgres", "admin", "administrator", "root", "user"],
  password: "secret-store",
  source: "OCI Database with PostgreSQL",
};

/** The database after defaults and checks, with what every database at OCI has. */
export type OciPostgresSpec = PostgresSpecWith<"zones" | "passwordVersion" | "adminName" | "backupWindow"> & {
  readonly size: OciPostgresSize;
};
