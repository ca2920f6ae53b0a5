import type { OwnBackups } from "../../spec/backup-source";

/** Something whose data a backup policy can take care of. */
export interface IOciBackupSource {
  /** OCIDs of what holds the data: block volumes, boot volumes and volume groups; or of a database system, which makes `ownBackups`. */
  readonly backupIds: readonly string[];
  /**
   * What the source does by itself, for one that makes its own backups: a policy checks that this is enough.
   * @default - it makes none
   */
  readonly ownBackups?: OwnBackups;
}
