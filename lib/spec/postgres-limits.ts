import type { PostgresSize, PostgresVersion } from "./postgres";

/** What the provider allows. */
export interface PostgresLimits {
  readonly versions: readonly PostgresVersion[];
  readonly sizes: readonly PostgresSize[];
  readonly storageGiB: { readonly min: number; readonly max: number };
  /** By how many percent the storage has to be able to grow when it grows on its own. */
  readonly growthPercent: number;
  readonly maxRetentionDays: number;
  readonly maxReadReplicas: number;
  readonly port: { readonly min: number; readonly max: number };
  /** Shortest window in minutes. */
  readonly windowMinutes: number;
  readonly maxAdminName: number;
  /** Names that the provider reserves; for administrators also those that everybody tries first. */
  readonly refusedAdminNames: readonly string[];
  readonly refusedDatabaseNames: readonly string[];
  /** Retention periods that the provider's log service knows. */
  readonly logRetentionDays: readonly number[];
  /** Whether the provider manages the password of a database with read replicas. */
  readonly managedPasswordWithReplicas: boolean;
  /** Where the limits come from. */
  readonly source: string;
}
