import type { KeysOf } from "./check";
import { openCheck, PROFILES, type CommonProps, type Profile, type SpecContext } from "./context";
import { checkLogRetention, checkNames, checkPassword, checkWindows } from "./postgres-access";
import type { PostgresLimits } from "./postgres-limits";
import { checkReplicas, checkRetention, checkStandbys, checkStorage, checkZones } from "./postgres-redundancy";

/** Major versions of PostgreSQL. Minor versions are kept up to date by the provider. */
export type PostgresVersion = "13" | "14" | "15" | "16" | "17";

export const POSTGRES_VERSIONS = ["13", "14", "15", "16", "17"] as const satisfies readonly PostgresVersion[];

/** How much processor and memory a database has; what that is in numbers is in the provider's table. */
export type PostgresSize = "micro" | "small" | "medium" | "large" | "xlarge" | "2xlarge";

export const POSTGRES_SIZES = ["micro", "small", "medium", "large", "xlarge", "2xlarge"] as const satisfies readonly PostgresSize[];

/**
 * Who makes the administrator's password. `managed`: the provider makes, stores and rotates it;
 * `write-only`: it is made while Terraform runs, stored as a secret, and renewed when `passwordVersion` is raised. Neither is in the state.
 */
export type PasswordHandling = "managed" | "write-only";

export const HANDLINGS = ["managed", "write-only"] as const satisfies readonly PasswordHandling[];

/**
 * Where the password ends up: what the user chose, or the only way there is. `secret-store`: the provider's store of secrets makes and keeps
 * it, and Terraform knows its address only; `state`: the provider makes it and Terraform's state holds it.
 */
export type PasswordKeeping = PasswordHandling | "secret-store" | "state";

export interface PostgresProps extends CommonProps {
  /**
   * Major version of PostgreSQL. Going from one to a later one needs a permission of its own at the provider, because it can't be undone.
   */
  readonly version: PostgresVersion;
  /** How much processor and memory; the provider's table says what that is. */
  readonly size: PostgresSize;
  /** Storage in GiB; it can grow but never shrink. */
  readonly storageGiB: number;
  /**
   * Up to how many GiB the storage grows on its own; at least a tenth more than `storageGiB`.
   * @default - it does not grow; an alarm rings when it is nearly full
   */
  readonly maxStorageGiB?: number;
  /**
   * In how many zones the database stands: with 2, a standby takes over when one fails. 2 is a must in production.
   * @default - 2 in production, 1 in sandbox
   */
  readonly zones?: 1 | 2;
  /**
   * Nodes beside the first one that take over when it fails, where the provider has no zones: 0 to 2; 1 or more in production.
   * @default - 1 in production, 0 in sandbox
   */
  readonly standbys?: 0 | 1 | 2;
  /**
   * Days for which any point in time can be restored, 1 to 35; 7 or more in production.
   * @default 7
   */
  readonly retentionDays?: number;
  /**
   * Copies that can be read from, 0 to 15. They lag behind and are no backup.
   * @default 0
   */
  readonly readReplicas?: number;
  /**
   * Who makes the administrator's password. Keep "write-only" when the read replicas go: the way back to "managed" takes two runs.
   * @default - "managed"; "write-only" with read replicas where the provider refuses to manage it for them
   */
  readonly password?: PasswordHandling;
  /**
   * Raise it to renew a write-only password, or to use a later version of the secret where the password is in a secret store.
   * @default 1
   */
  readonly passwordVersion?: number;
  /**
   * Days after which a managed password is rotated, 1 to 90. Only with `password: "managed"`.
   * @default 7
   */
  readonly passwordRotationDays?: number;
  /**
   * Name of the first database: letters, digits and underscores.
   * @default "app"
   */
  readonly databaseName?: string;
  /**
   * Name of the administrator: letters, digits and underscores. Names that everybody tries first are refused.
   * @default "dbadmin"
   */
  readonly adminName?: string;
  /**
   * TCP port. The usual 5432 is what scanners try first.
   * @default 5433
   */
  readonly port?: number;
  /**
   * When the daily backup is taken, in UTC; only the hour at which it starts, such as "01:00", where the provider asks for no end.
   * @default "00:30-01:30"
   */
  readonly backupWindow?: string;
  /**
   * When updates may interrupt the database, in UTC: a day of the week and a window, or the time at which it starts ("Sunday 02:00").
   * @default "Sunday 02:00-04:00"
   */
  readonly maintenanceWindow?: string;
  /**
   * Days for which the database's logs are kept.
   * @default 365
   */
  readonly logRetentionDays?: number;
}

/** What others need to know of a database. */
export interface IPostgres {
  /** Host name. */
  readonly endpoint: string;
  readonly port: number;
  /** Name of the first database. */
  readonly databaseName: string;
}

/** What the provider lacks is absent. */
export interface PostgresSpec {
  readonly profile: Profile;
  readonly version: PostgresVersion;
  readonly size: PostgresSize;
  /** Absent where the storage has no size and grows with the data. */
  readonly storageGiB?: number;
  readonly maxStorageGiB?: number;
  readonly zones?: 1 | 2;
  readonly standbys?: number;
  readonly retentionDays: number;
  readonly readReplicas: number;
  readonly password: PasswordKeeping;
  readonly passwordVersion?: number;
  readonly passwordRotationDays?: number;
  readonly databaseName?: string;
  readonly adminName?: string;
  readonly port?: number;
  readonly backupWindow?: string;
  readonly maintenanceWindow: string;
  readonly logRetentionDays?: number;
  /** Storage, backups and logs are encrypted. */
  readonly encrypted: boolean;
  /** Connections without TLS are refused. */
  readonly tlsRequired: boolean;
  readonly exposure: "private" | "public";
}

/** A spec in which the props that the provider has are present. */
export type PostgresSpecWith<K extends keyof PostgresSpec> = PostgresSpec & Required<Pick<PostgresSpec, K>>;

/** The props that are the same on every provider that has them. */
export const POSTGRES_PROPS = {
  profile: true,
  version: true,
  size: true,
  storageGiB: true,
  maxStorageGiB: true,
  zones: true,
  standbys: true,
  retentionDays: true,
  readReplicas: true,
  password: true,
  passwordVersion: true,
  passwordRotationDays: true,
  databaseName: true,
  adminName: true,
  port: true,
  backupWindow: true,
  maintenanceWindow: true,
  logRetentionDays: true,
} satisfies KeysOf<PostgresProps>;

/**
 * The database after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function postgresSpec(props: PostgresProps, context: SpecContext, limits: PostgresLimits): PostgresSpec {
  const check = openCheck<PostgresProps>(props, POSTGRES_PROPS, context);
  const profile = check.oneOf("profile", PROFILES, context.profile);
  const readReplicas = checkReplicas(check, profile, limits);
  const version = check.oneOf("version", limits.versions);
  const size = check.oneOf("size", limits.sizes);
  return check.done({
    profile,
    version,
    size,
    ...checkStorage(check, props, limits),
    zones: check.unlessLacking("zones", () => checkZones(check, profile, limits)),
    standbys: check.unlessLacking("standbys", () => checkStandbys(check, props, profile, limits)),
    retentionDays: checkRetention(check, props, profile, limits),
    readReplicas,
    ...checkPassword(check, props, readReplicas, limits),
    ...checkNames(check, limits),
    port: check.unlessLacking("port", () => check.integer("port", { ...portsOf(limits), default: 5433, source: limits.source })),
    ...checkWindows(check, limits),
    logRetentionDays: check.unlessLacking("logRetentionDays", () => checkLogRetention(check, limits)),
    encrypted: true,
    tlsRequired: true,
    exposure: "private" as const,
  });
}

/** Ports that need no privileges, unless the provider allows others. */
function portsOf({ port }: PostgresLimits) {
  return port ?? { min: 1024, max: 65535 };
}
