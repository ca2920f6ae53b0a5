import { textOf } from "../../cost/literal";
import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import { computed, type MechanismUse } from "../../recovery/mechanisms";
import type { Alternative, StatefulReader } from "../../recovery/stateful";
import { DELAY_MINUTES } from "../backup/backup-calendar";
import { priceVolume } from "../prices/storage";
import { regionOf } from "../prices/region";
import { OCI_MECHANISMS } from "./mechanisms";
import { policyUses } from "./policies";

/** A disk: its own backups and replicas. */
export const readVolume: StatefulReader = (volume, inventory) => {
  const { address, path } = volume;
  const mechanisms = [OCI_MECHANISMS.use("diskApart"), ...policyUses(volume, inventory), ...replicaUses(volume)];
  return { address, path, what: "disk", mechanisms, alternatives: () => diskAlternatives(volume, inventory) };
};

/** The region of an availability domain, from its name: `Uocm:PHX-AD-1`. */
const regionPart = (domain: unknown): string | undefined => /:(.+)-AD-\d+$/.exec(textOf(domain) ?? "")?.[1];

/** Replicas in other availability domains; OCI makes none of a volume with a key of one's own. */
function replicaUses({ attributes }: ResourceView): readonly MechanismUse[] {
  if (attributes.kms_key_id !== undefined) return [];
  const home = regionPart(attributes.availability_domain);
  const domains = (asList(attributes.block_volume_replicas) as ResourceView["attributes"][]).map((replica) => replica.availability_domain);
  return domains.flatMap((domain) => {
    const there = regionPart(domain);
    if (there === undefined || home === undefined || domain === attributes.availability_domain) return [];
    const scopes = there === home ? (["zone"] as const) : (["zone", "region"] as const);
    return [OCI_MECHANISMS.use("volumeReplica", { detail: `in ${String(domain)}`, scopes })];
  });
}

/** The disk that a machine boots from. Where its data is on a disk of its own, it is made again from the image. */
export const readMachineDisk: StatefulReader = (machine, inventory) => {
  const { address, path, attributes } = machine;
  const [attachment] = inventory.referring("oci_core_volume_attachment", "instance_id", machine);
  if (attachment !== undefined) {
    const disk = inventory.referred(attachment.attributes.volume_id)?.address ?? "a disk of its own";
    return { address, path, why: `its boot disk is made again from its image; its data is on ${disk}` };
  }
  const recovers = (block(attributes.availability_config).recovery_action ?? "RESTORE_INSTANCE") === "RESTORE_INSTANCE";
  const mechanisms = [...(recovers ? [OCI_MECHANISMS.use("machineRecovery")] : []), ...policyUses(machine, inventory)];
  return { address, path, what: "boot disk", mechanisms, alternatives: () => diskAlternatives(machine, inventory) };
};

const HOURLY = computed(60 + DELAY_MINUTES);

/** What is possible for what is on a disk: first as it is, then elsewhere. */
function diskAlternatives(disk: ResourceView, inventory: Inventory): readonly Alternative[] {
  const detail = `60 minutes apart, begun up to ${DELAY_MINUTES / 60} hours late`;
  const inDatabase = "state in PostgreSQL instead of on the disk";
  const replicated = { ...disk, attributes: { ...disk.attributes, block_volume_replicas: [{}] } };
  const region = regionOf(disk, inventory);
  const costs = disk.type === "oci_core_volume" ? { resource: disk, instead: priceVolume(replicated, inventory, { region }) } : undefined;
  const replicas: Alternative[] =
    disk.type !== "oci_core_volume" || disk.attributes.kms_key_id !== undefined
      ? []
      : [{ use: OCI_MECHANISMS.use("volumeReplica", { detail: "in another region", scopes: ["zone", "region"] }), costs }];
  return [
    ...replicas,
    { use: OCI_MECHANISMS.use("volumeBackup", { detail, rpo: HOURLY }) },
    { use: OCI_MECHANISMS.use("volumeBackupCopy", { detail, rpo: HOURLY }) },
    { use: OCI_MECHANISMS.use("textInGit") },
    { use: OCI_MECHANISMS.use("databaseNode", { detail: inDatabase, scopes: ["instance", "zone"] }) },
    { use: OCI_MECHANISMS.use("databasePointInTime", { detail: inDatabase }) },
  ];
}
