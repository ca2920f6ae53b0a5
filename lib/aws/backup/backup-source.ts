/** Something whose data a backup policy can take care of. */
export interface IAwsBackupSource {
  /** ARNs of what holds the data. */
  readonly backupArns: readonly string[];
}
