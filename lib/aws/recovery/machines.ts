import { isExpression } from "../../cost/literal";
import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import type { MechanismUse } from "../../recovery/mechanisms";
import type { StatefulReader } from "../../recovery/stateful";
import { diskAlternatives } from "./alternatives";
import { backupUses } from "./backups";
import { AWS_MECHANISMS } from "./mechanisms";
import { snapshotUses } from "./snapshots";

/** A disk: its own backups, and those of the machines that it is attached to. */
export const readVolume: StatefulReader = (volume, inventory) => {
  const machines = inventory
    .referring("aws_volume_attachment", "volume_id", volume)
    .flatMap(({ attributes }) => inventory.referred(attributes.instance_id) ?? []);
  const mechanisms = [AWS_MECHANISMS.use("diskApart"), ...[volume, ...machines].flatMap((resource) => protectedBy(resource, inventory))];
  const { address, path } = volume;
  return { address, path, what: "disk", mechanisms, alternatives: () => diskAlternatives(volume, inventory) };
};

function protectedBy(resource: ResourceView, inventory: Inventory): readonly MechanismUse[] {
  return [...backupUses(resource, inventory), ...snapshotUses(resource, inventory)];
}

/** The disks that come with a machine. Where its data is on a disk of its own, they are made again from the image. */
export const readMachineDisks: StatefulReader = (machine, inventory) => {
  const { address, path, attributes } = machine;
  if (attributes.source_dest_check === false) return { address, path, why: "passes traffic on and is made again from its image" };
  const [attachment] = inventory.referring("aws_volume_attachment", "instance_id", machine);
  const inline = asList(attributes.ebs_block_device).length > 0;
  if (attachment !== undefined && !inline) {
    const disk = inventory.referred(attachment.attributes.volume_id)?.address ?? "a disk of its own";
    return { address, path, why: `its root disk is made again from its image; its data is on ${disk}` };
  }
  const mechanisms = [...(recovers(machine) ? [AWS_MECHANISMS.use("machineRecovery")] : []), ...protectedBy(machine, inventory)];
  const what = inline ? "disks of the machine" : "root disk";
  return { address, path, what, mechanisms, alternatives: () => diskAlternatives(machine, inventory) };
};

/** It is on unless it is switched off. */
function recovers({ attributes }: ResourceView): boolean {
  const { auto_recovery: recovery = "default" } = block(attributes.maintenance_options);
  return recovery === "default" && !isExpression(recovery);
}
