import type { Construct } from "constructs";
import type { HeldData } from "../../spec/backup-source";
import { addressIn, referenceText } from "../../spec/reference";
import type { IOciBackupSource } from "./backup-source";

/** What backup policies can be assigned to, by Terraform resource type and by OCID. Source: website/docs/r/core_volume_backup_policy_assignment.html.markdown of provider 8.28.0, read 2026-11-21. */
const VOLUMES = {
  volume: { terraformType: "oci_core_volume", ocid: /^ocid1\.volume\./ },
  "boot volume": { terraformType: "oci_core_instance", ocid: /^ocid1\.bootvolume\./ },
  "volume group": { terraformType: "oci_core_volume_group", ocid: /^ocid1\.volumegroup\./ },
};

/** A kind of data that the block volume service backs up. */
export type VolumeType = keyof typeof VOLUMES;

export const VOLUME_TYPES = Object.keys(VOLUMES) as VolumeType[];

/** A piece of data together with its OCID. */
export interface HeldVolume extends HeldData {
  readonly assetId: string;
}

/** What a source holds; undefined when it is no source. */
export function heldBy(scope: Construct, source: IOciBackupSource): readonly HeldVolume[] | undefined {
  const ids: unknown = source?.backupIds;
  if (!Array.isArray(ids)) return undefined;
  const own = source.ownBackups;
  return (ids as readonly string[]).map((assetId) => {
    const text = referenceText(scope, assetId);
    const id = addressIn(text);
    return { assetId, id, ...(own === undefined ? kindOf(text, id) : { type: "database", own }) };
  });
}

function kindOf(text: string, id: string): Pick<HeldVolume, "type" | "refused"> {
  const resourceType = id.split(".")[0];
  const type = VOLUME_TYPES.find((name) => VOLUMES[name].terraformType === resourceType || VOLUMES[name].ocid.test(text));
  if (type !== undefined) return { type };
  const elsewhere = text.includes("${") && !resourceType?.startsWith("oci_");
  if (elsewhere) return {};
  const want = `one of ${VOLUME_TYPES.join(", ")}: OCI assigns backup policies to nothing else`;
  return { refused: { want, fix: "a source that makes its own backups has to say so with ownBackups, as OciPostgres does" } };
}
