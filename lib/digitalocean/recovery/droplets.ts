import { isTrue, textOf } from "../../cost/literal";
import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import { computed, type MechanismUse } from "../../recovery/mechanisms";
import type { StatefulReader } from "../../recovery/stateful";
import { diskAlternatives } from "./alternatives";
import { DIGITALOCEAN_MECHANISMS } from "./mechanisms";
import { DROPLET_PLANS } from "./plans";

/** The disk of a droplet. Where data is on a volume, it is made again from the image. */
export const readDroplet: StatefulReader = (droplet, inventory) => {
  const { address, path } = droplet;
  const volume = volumeOf(droplet, inventory);
  if (volume !== undefined) return { address, path, why: `its own disk is made again from its image; its data is on ${volume}` };
  const alternatives = () => diskAlternatives(droplet, inventory);
  return { address, path, what: "disk of the droplet", mechanisms: backupUses(droplet), alternatives };
};

function volumeOf(droplet: ResourceView, inventory: Inventory): string | undefined {
  const [attachment] = inventory.referring("digitalocean_volume_attachment", "droplet_id", droplet);
  const named: unknown = attachment?.attributes.volume_id ?? asList(droplet.attributes.volume_ids)[0];
  return named === undefined ? undefined : (inventory.referred(named)?.address ?? "a volume of its own");
}

/** What is said of backups; without a plan they are daily. Source: docs/resources/droplet.md of the Terraform provider 2.71.0, read 2026-11-21. */
function backupUses({ attributes }: ResourceView): readonly MechanismUse[] {
  if (!isTrue(attributes.backups)) return [];
  const plan = textOf(block(attributes.backup_policy).plan ?? "daily");
  if (plan !== "daily" && plan !== "weekly") return [];
  const { detail, rpoMinutes } = DROPLET_PLANS[plan];
  return [DIGITALOCEAN_MECHANISMS.use("dropletBackup", { detail, rpo: computed(rpoMinutes) })];
}

/** A volume: backups of droplets leave it out, and nothing makes snapshots of it on a schedule. */
export const readVolume: StatefulReader = (volume, inventory) => {
  const { address, path } = volume;
  const snapshots = inventory.referring("digitalocean_volume_snapshot", "volume_id", volume);
  return {
    address,
    path,
    what: "volume",
    mechanisms: [DIGITALOCEAN_MECHANISMS.use("diskApart")],
    alternatives: () => diskAlternatives(volume, inventory),
    notes: snapshots.length === 0 ? [] : ["a snapshot from Terraform is made once, and grows old"],
  };
};
