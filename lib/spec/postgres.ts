import { type Check, Hidden, type KeysOf } from "./check";
import { openCheck, PROFILES, type CommonProps, type Profile, type SpecContext } from "./context";
import type { PostgresLimits } from "./postgres-limits";
import { readTimeWindow, windowsOverlap } from "./time-window";

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

const HANDLINGS = ["managed", "write-only"] as const satisfies readonly PasswordHandling[];

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
   * Raise it to renew a write-only password. Only with `password: "write-only"`.
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
   * When the daily backup is taken, in UTC.
   * @default "00:30-01:30"
   */
  readonly backupWindow?: string;
  /**
   * When updates may interrupt the database, in UTC: a day of the week and a window.
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

export interface PostgresSpec {
  readonly profile: Profile;
  readonly version: PostgresVersion;
  readonly size: PostgresSize;
  readonly storageGiB: number;
  readonly maxStorageGiB?: number;
  readonly zones: 1 | 2;
  readonly retentionDays: number;
  readonly readReplicas: number;
  readonly password: PasswordHandling;
  readonly passwordVersion?: number;
  readonly passwordRotationDays?: number;
  readonly databaseName: string;
  readonly adminName: string;
  readonly port: number;
  readonly backupWindow: string;
  readonly maintenanceWindow: string;
  readonly logRetentionDays: number;
  /** Storage, backups and logs are encrypted. */
  readonly encrypted: boolean;
  /** Connections without TLS are refused. */
  readonly tlsRequired: boolean;
  readonly exposure: "private" | "public";
}

const KNOWN = {
  profile: true,
  version: true,
  size: true,
  storageGiB: true,
  maxStorageGiB: true,
  zones: true,
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

/** Longest name in PostgreSQL. Source: PostgreSQL documentation, "Identifiers and Key Words", read 2026-11-21. */
const MAX_NAME = 63;
const DEFAULT_RETENTION_DAYS = 7;
const LEAST_PRODUCTION_RETENTION_DAYS = 7;

/**
 * The database after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function postgresSpec(props: PostgresProps, context: SpecContext, limits: PostgresLimits): PostgresSpec {
  const check = openCheck<PostgresProps>(props, KNOWN, context);
  const profile = check.oneOf("profile", PROFILES, context.profile);
  const readReplicas = check.integer("readReplicas", { min: 0, max: limits.maxReadReplicas, default: 0, source: limits.source });
  return check.done({
    profile,
    version: check.oneOf("version", limits.versions),
    size: check.oneOf("size", limits.sizes),
    ...checkStorage(check, props, limits),
    zones: checkZones(check, profile),
    retentionDays: checkRetention(check, profile, limits),
    readReplicas,
    ...checkPassword(check, props, readReplicas, limits),
    ...checkNames(check, limits),
    port: check.integer("port", { ...limits.port, default: 5433, source: limits.source }),
    ...checkWindows(check, limits),
    logRetentionDays: checkLogRetention(check, limits),
    encrypted: true,
    tlsRequired: true,
    exposure: "private" as const,
  });
}

type Checked = Check<PostgresProps>;

function checkStorage(check: Checked, props: PostgresProps, limits: PostgresLimits) {
  const range = { ...limits.storageGiB, source: limits.source };
  const storageGiB = check.integer("storageGiB", range);
  const maxStorageGiB = check.tryInteger("maxStorageGiB", range);
  const least = Math.ceil((storageGiB * (100 + limits.growthPercent)) / 100);
  if (maxStorageGiB !== undefined && maxStorageGiB === props?.maxStorageGiB && maxStorageGiB < least) {
    const want = `${least} or more: ${limits.growthPercent} % above storageGiB (${limits.source})`;
    check.issue("maxStorageGiB", maxStorageGiB, want, "raise it; or leave it out and the storage stays as it is");
  }
  return { storageGiB, maxStorageGiB };
}

function checkZones(check: Checked, profile: Profile): 1 | 2 {
  const zones = check.integer("zones", { min: 1, max: 2, default: profile === "production" ? 2 : 1 });
  if (zones === 1 && profile === "production") {
    check.issue("zones", zones, '2 when profile is "production"', 'leave it out; or set profile "sandbox"');
  }
  return zones as 1 | 2;
}

function checkRetention(check: Checked, profile: Profile, limits: PostgresLimits): number {
  const range = { min: 1, max: limits.maxRetentionDays, default: DEFAULT_RETENTION_DAYS, source: limits.source };
  const days = check.integer("retentionDays", range);
  if (days < LEAST_PRODUCTION_RETENTION_DAYS && profile === "production") {
    const want = `${LEAST_PRODUCTION_RETENTION_DAYS} or more when profile is "production"`;
    check.issue("retentionDays", days, want, 'raise it; or set profile "sandbox"');
  }
  return days;
}

function checkPassword(check: Checked, props: PostgresProps, readReplicas: number, limits: PostgresLimits) {
  const manageable = readReplicas === 0 || limits.managedPasswordWithReplicas;
  const password = readHandling(check, props, manageable ? "managed" : "write-only");
  if (password === "managed" && !manageable) {
    const want = `"write-only" with read replicas: they can't have a managed password (${limits.source})`;
    check.issue("password", password, want, "leave password out; or set readReplicas to 0");
  }
  if (password === "managed") {
    refuse(check, props, "passwordVersion", "write-only");
    return { password, passwordRotationDays: check.integer("passwordRotationDays", { min: 1, max: 90, default: 7 }) };
  }
  refuse(check, props, "passwordRotationDays", "managed");
  return { password, passwordVersion: check.integer("passwordVersion", { min: 1, max: 2_147_483_647, default: 1 }) };
}

/** Whoever gives a password here must not find it in a message. */
function readHandling(check: Checked, props: PostgresProps, fallback: PasswordHandling): PasswordHandling {
  const given: unknown = props?.password ?? fallback;
  const handling = HANDLINGS.find((known) => known === given);
  if (handling === undefined) {
    const want = `one of ${HANDLINGS.map((word) => `"${word}"`).join(", ")}`;
    check.issue("password", new Hidden("something else (hidden)"), want, "leave it out: the password is made and stored as a secret");
  }
  return handling ?? fallback;
}

function refuse(check: Checked, props: PostgresProps, prop: keyof PostgresProps, handling: PasswordHandling): void {
  if (props?.[prop] === undefined) return;
  check.issue(prop, props[prop], `nothing unless password is "${handling}"`, `remove ${prop}`);
}

function checkNames(check: Checked, limits: PostgresLimits) {
  const name = (prop: "databaseName" | "adminName", maxLength: number, fallback: string, refused: readonly string[]) => {
    const want = `1 to ${maxLength} letters, digits and _, starting with a letter (${limits.source})`;
    const value = check.text(prop, { pattern: /^[A-Za-z][A-Za-z0-9_]*$/, want, maxLength, default: fallback });
    if (refused.includes(value.toLowerCase())) check.issue(prop, value, `a name other than ${refused.join(", ")}`, "choose another name");
    return value;
  };
  return {
    databaseName: name("databaseName", MAX_NAME, "app", limits.refusedDatabaseNames),
    adminName: name("adminName", limits.maxAdminName, "dbadmin", limits.refusedAdminNames),
  };
}

function checkWindows(check: Checked, limits: PostgresLimits) {
  const rules = { minMinutes: limits.windowMinutes, source: limits.source };
  const backup = readTimeWindow(check, "backupWindow", { ...rules, default: "00:30-01:30" });
  const maintenance = readTimeWindow(check, "maintenanceWindow", { ...rules, weekly: true, default: "Sunday 02:00-04:00" });
  if (backup.window !== undefined && maintenance.window !== undefined && windowsOverlap(backup.window, maintenance.window)) {
    const want = `a time outside of maintenanceWindow ${JSON.stringify(maintenance.text)} (${limits.source})`;
    check.issue("backupWindow", backup.text, want, "move one of the two");
  }
  return { backupWindow: backup.text, maintenanceWindow: maintenance.text };
}

function checkLogRetention(check: Checked, limits: PostgresLimits): number {
  const days = check.integer("logRetentionDays", { min: 1, max: 3653, default: 365 });
  if (!limits.logRetentionDays.includes(days)) {
    check.issue("logRetentionDays", days, `one of ${limits.logRetentionDays.join(", ")}`);
  }
  return days;
}
