import type { TerraformResource } from "cdktf";

/** Something whose data a backup policy can take care of. */
export interface IDigitalOceanBackupSource {
  /**
   * What holds the data: Droplets, database clusters and volumes, all of them, so that a policy can refuse what it would leave out.
   * The policy sets `backups` and `backup_policy` of the Droplets.
   */
  readonly backupResources: readonly TerraformResource[];
}
