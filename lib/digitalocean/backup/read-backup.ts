import { block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import { readPlan } from "./backup-calendar";
import { DROPLET } from "./backup-types";

/** A backup plan as the Droplets say it: those of one plan are one policy, which is told with the first of them. */
export const readBackup: Reader = (droplet, inventory) => {
  const alike = groupsOf(inventory).get(groupOf(droplet) ?? "") ?? [];
  if (alike[0] !== droplet) return [];
  const schedule = readPlan(block(droplet.attributes.backup_policy));
  const sources = alike.map(({ address }) => address).sort();
  const spec = { sources, schedules: [schedule], rpoMinutes: schedule.rpoMinutes };
  return [{ kind: "backup", address: droplet.address, path: droplet.path, spec }];
};

const known = new WeakMap<Inventory, ReadonlyMap<string, readonly ResourceView[]>>();

/** The Droplets of a stack that have backups, by plan. */
function groupsOf(inventory: Inventory): ReadonlyMap<string, readonly ResourceView[]> {
  const found = known.get(inventory);
  if (found !== undefined) return found;
  const groups = new Map<string, ResourceView[]>();
  for (const resource of inventory.resources) {
    const group = resource.type === DROPLET ? groupOf(resource) : undefined;
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), resource]);
  }
  known.set(inventory, groups);
  return groups;
}

function groupOf({ attributes }: ResourceView): string | undefined {
  return attributes.backups === true ? JSON.stringify(readPlan(block(attributes.backup_policy))) : undefined;
}
