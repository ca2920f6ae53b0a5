import type { PasswordKeeping, PostgresSize, PostgresVersion } from "./postgres";

/** What the provider allows. What belongs to a prop that it lacks is left out. */
export interface PostgresLimits {
  readonly versions: readonly PostgresVersion[];
  readonly sizes: readonly PostgresSize[];
  readonly storageGiB?: { readonly min: number; readonly max: number };
  /** The least storage of the sizes that need more than others. */
  readonly leastStorageGiB?: Readonly<Partial<Record<PostgresSize, number>>>;
  /** By how many percent the storage has to be able to grow when it grows on its own. */
  readonly growthPercent?: number;
  /**
   * In how many zones a database can stand here.
   * @default 2
   */
  readonly zones?: 1 | 2;
  /** How many standbys a database can have, and with which sizes. */
  readonly standbys?: { readonly max: number; readonly sizes: readonly PostgresSize[] };
  /**
   * Whether a read replica takes over when the first node fails.
   * @default false
   */
  readonly replicasTakeOver?: boolean;
  /** @default 1 */
  readonly minRetentionDays?: number;
  readonly maxRetentionDays: number;
  readonly maxReadReplicas: number;
  readonly port?: { readonly min: number; readonly max: number };
  /** Shortest window in minutes; left out where a window is the full hour at which it starts. */
  readonly windowMinutes?: number;
  readonly maxAdminName?: number;
  /** Names that the provider reserves; for administrators also those that everybody tries first. */
  readonly refusedAdminNames?: readonly string[];
  readonly refusedDatabaseNames?: readonly string[];
  /** Retention periods that the provider's log service knows. */
  readonly logRetentionDays?: readonly number[];
  /** The only way a password is kept; left out where there is a choice. */
  readonly password?: PasswordKeeping;
  /** Whether the provider manages the password of a database with read replicas. */
  readonly managedPasswordWithReplicas?: boolean;
  /** Where the limits come from. */
  readonly source: string;
}
