import type { Lacks } from "../../spec/context";
import {
  POSTGRES_SIZES,
  POSTGRES_VERSIONS,
  type PostgresProps,
  type PostgresSize,
  type PostgresSpecWith,
  type PostgresVersion,
} from "../../spec/postgres";
import type { PostgresLimits } from "../../spec/postgres-limits";
import { LOG_RETENTION_DAYS } from "../network/network";

interface InstanceSize {
  readonly instanceClass: string;
  readonly memoryGiB: number;
}

/**
 * Instance class per size, all arm64: 2 vCPU up to `large`, then 4 and 8. The `t4g` classes are for load that comes and goes.
 * Source: Amazon RDS user guide, "DB instance classes", read 2026-11-21.
 */
export const INSTANCE_SIZES = {
  micro: { instanceClass: "db.t4g.micro", memoryGiB: 1 },
  small: { instanceClass: "db.t4g.small", memoryGiB: 2 },
  medium: { instanceClass: "db.t4g.medium", memoryGiB: 4 },
  large: { instanceClass: "db.m7g.large", memoryGiB: 8 },
  xlarge: { instanceClass: "db.m7g.xlarge", memoryGiB: 16 },
  "2xlarge": { instanceClass: "db.m7g.2xlarge", memoryGiB: 32 },
} as const satisfies Record<PostgresSize, InstanceSize>;

/**
 * What Amazon RDS for PostgreSQL allows. Sources, read 2026-11-21: RDS user guide, "Amazon RDS DB instance storage" (gp3: 20 to 65536 GiB),
 * "Managing capacity automatically with Amazon RDS storage autoscaling" (10 % above), "Working with backups" (35 days),
 * "Working with read replicas" (15), "Password management with Amazon RDS and AWS Secrets Manager" (no replicas);
 * RDS API reference, CreateDBInstance (port 1150 to 65535, names of 16) and PreferredMaintenanceWindow (30 minutes).
 */
export const POSTGRES_LIMITS: PostgresLimits = {
  versions: POSTGRES_VERSIONS,
  sizes: POSTGRES_SIZES,
  storageGiB: { min: 20, max: 65536 },
  growthPercent: 10,
  maxRetentionDays: 35,
  maxReadReplicas: 15,
  port: { min: 1150, max: 65535 },
  windowMinutes: 30,
  maxAdminName: 16,
  refusedAdminNames: ["postgres", "admin", "administrator", "root", "user", "rdsadmin"],
  refusedDatabaseNames: ["postgres", "rdsadmin", "template0", "template1"],
  logRetentionDays: LOG_RETENTION_DAYS,
  managedPasswordWithReplicas: false,
  source: "Amazon RDS",
};

/** Neutral props that RDS cannot honour. */
export type Lacking = "standbys";

export const LACKS = {
  standbys: "Amazon RDS has its standby in another zone: set zones to 2",
} satisfies Record<Lacking, string> & Lacks<PostgresProps>;

type Present = "storageGiB" | "zones" | "databaseName" | "adminName" | "port" | "backupWindow" | "logRetentionDays";

/** The database after defaults and checks, with what every database at RDS has. */
export type AwsPostgresSpec = PostgresSpecWith<Present>;

/** Versions for which RDS charges Extended Support. Source: "Release calendars for Amazon RDS for PostgreSQL", read 2026-11-21. */
export const STANDARD_SUPPORT_ENDED: Partial<Record<PostgresVersion, string>> = { "13": "2026-02-28" };
