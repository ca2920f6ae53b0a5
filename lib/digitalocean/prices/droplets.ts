import { limitOf, monthly, unknown, unpriced, used } from "../../cost/charges";
import { isExpression, isTrue, numberOf, textOf } from "../../cost/literal";
import type { Charge, PriceRule } from "../../cost/rule";
import { block } from "../../facts/inventory";
import { DROPLET_EGRESS, dropletMonth, fromTo, price } from "./charges";

/** Backups are charged as a part of the droplet's price. The price book has both as rows of the service `Backups`, read 2026-09-30. */
export const BACKUP_FRACTION: Readonly<Record<string, number>> = { daily: 0.3, weekly: 0.2 };

/** A droplet with its backups. Disk, memory and monitoring are in its price. */
export const priceDroplet: PriceRule = ({ attributes }) => {
  const size = textOf(attributes.size);
  if (size === undefined) return [unknown("size is not a literal", "droplet"), DROPLET_EGRESS];
  return [dropletMonth(`droplet ${size}`, size, 1, "1 droplet"), ...backupCharges(size, attributes), DROPLET_EGRESS];
};

function backupCharges(size: string, attributes: Readonly<Record<string, unknown>>): Charge[] {
  if (isExpression(attributes.backups)) return [unknown("backups is not a literal", "backups")];
  if (!isTrue(attributes.backups)) return [];
  const plan = textOf(block(attributes.backup_policy).plan ?? "daily");
  const fraction = plan === undefined ? undefined : BACKUP_FRACTION[plan];
  if (fraction === undefined) return [unknown("the plan of the backups is not a literal", "backups")];
  return [dropletMonth(`${plan} backups`, size, fraction, `${fraction * 100} % of the droplet`)];
}

/** A pool of droplets, from the fewest to the most. */
export const priceDropletPool: PriceRule = ({ attributes }) => {
  const [config, template] = [block(attributes.config), block(attributes.droplet_template)];
  const size = textOf(template.size);
  const target = numberOf(config.target_number_instances);
  const [low, high] = target === undefined ? [numberOf(config.min_instances) ?? 0, limitOf(config.max_instances)] : [target, target];
  if (size === undefined || low === "unknown" || high === "unknown") return [unknown("size or number of droplets is not a literal")];
  const of = low === high ? `${low} droplets` : `${low} to ${high} droplets`;
  return [dropletMonth(`droplets ${size}`, size, fromTo(low, high), of), DROPLET_EGRESS];
};

export const priceVolume: PriceRule = ({ attributes }) => {
  const size = numberOf(attributes.size);
  if (typeof size !== "number") return [unknown("size is not a literal", "volume")];
  return [monthly("volume", price("Volumes", "volume", "GiB-month"), size, `${size} GiB`)];
};

/** A snapshot is charged by what it holds, which nobody knows before it is made. */
export const priceSnapshot: PriceRule = () => [used("snapshot", price("Snapshots", "droplet-or-volume-snapshot", "GiB-month"), "backupGB")];

/** An address is free while it is assigned to a droplet. */
export const priceReservedAddress: PriceRule = (address, inventory) => {
  const { type, attributes } = address;
  const assigned = inventory.referring(`${type}_assignment`, "ip_address", address).length > 0;
  if (assigned || (attributes.droplet_id ?? "") !== "") return [{ kind: "free", reason: "assigned to a droplet" }];
  return [monthly("reserved address without a droplet", price("Reserved IPv4", "unassigned", "month"), 1, "1 address")];
};

export const priceCustomImage: PriceRule = () => [unpriced("custom images are not in the book", "custom image")];
