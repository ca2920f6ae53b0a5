import { hourly, limitOf, times, unknown, unpriced } from "../../cost/charges";
import { isExpression, isTrue, numberOf, textOf } from "../../cost/literal";
import type { Charge, FixedCharge, PriceRule } from "../../cost/rule";
import type { Range } from "../../cost/usage";
import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import { egress, meter, towards, type AllowanceName } from "./meters";
import { volumeCharges } from "./volumes";

type Attributes = ResourceView["attributes"];

interface Skus {
  readonly ocpu: string;
  readonly memory: string;
  readonly allowances?: { readonly ocpu: AllowanceName; readonly memory: AllowanceName };
}

const A1: Skus = { ocpu: "VM.Standard.A1.Flex:ocpu:over-3000", memory: "VM.Standard.A1.Flex:memory:over-18000" };
const flex = (shape: string): Skus => ({ ocpu: `${shape}:ocpu`, memory: `${shape}:memory` });

/**
 * Rows by shape. Container instances cost what machines of the same shape cost; whether they count towards the free hours is not said.
 * Source: https://www.oracle.com/cloud/cloud-native/container-instances/pricing/, read 2026-11-21.
 */
const SHAPES: Readonly<Record<string, Skus>> = {
  "VM.Standard.A1.Flex": { ...A1, allowances: { ocpu: "A1 OCPU hours", memory: "A1 GB hours" } },
  "VM.Standard.E3.Flex": flex("VM.Standard.E3.Flex"),
  "VM.Standard.E4.Flex": flex("VM.Standard.E4.Flex"),
  "VM.Standard.E5.Flex": flex("VM.Standard.E5.Flex"),
  "CI.Standard.A1.Flex": A1,
  "CI.Standard.E3.Flex": flex("VM.Standard.E3.Flex"),
  "CI.Standard.E4.Flex": flex("VM.Standard.E4.Flex"),
};

const HOURS = "machine hours";

/** OCPU and memory hours of a flexible shape. */
function shapeCharges(shape: unknown, config: Attributes, count: number | Range, of: string): Charge[] {
  const name = textOf(shape);
  if (name === undefined) return [unknown("shape is not a literal", HOURS)];
  const skus = SHAPES[name];
  if (skus === undefined) return [unpriced(`${name} is not in the book`, HOURS)];
  const [ocpus, gb] = [numberOf(config.ocpus), numberOf(config.memory_in_gbs)];
  if (typeof ocpus !== "number" || typeof gb !== "number")
    return [unknown("ocpus or memory_in_gbs is no literal: the image would decide", HOURS)];
  const baseline = config.baseline_ocpu_utilization ?? "BASELINE_1_1";
  if (baseline !== "BASELINE_1_1") return [unpriced("burstable machines are not in the book", HOURS)];
  const cpu = hourly(`OCPU of ${name}`, meter("Compute", skus.ocpu, "OCPU-hour"), times(count, ocpus), `${of} x ${ocpus} OCPU`);
  const memory = hourly(`memory of ${name}`, meter("Compute", skus.memory, "GB-hour"), times(count, gb), `${of} x ${gb} GB`);
  const credited = (allowance: AllowanceName | undefined, charge: FixedCharge) =>
    allowance === undefined ? charge : towards(allowance, charge);
  return [credited(skus.allowances?.ocpu, cpu), credited(skus.allowances?.memory, memory)];
}

/** A stopped machine costs its disks: standard shapes pause. Source: "Resource Billing for Stopped Instances", docs.oracle.com, read 2026-11-21. */
const isStopped = ({ state }: Attributes): boolean => state === "STOPPED" || state === "INACTIVE";

/** Disks of a machine: the one that it boots from, and those that are made with it. */
function diskCharges(details: Attributes, count: number | Range = 1): Charge[] {
  const source = block(details.source_details);
  const boot = { name: "boot volume", size: source.boot_volume_size_in_gbs, performance: source.boot_volume_vpus_per_gb };
  const launched = (asList(details.launch_volume_attachments) as Attributes[])
    .map(({ launch_create_volume_details: made }) => block(made))
    .filter((made) => made.size_in_gbs !== undefined);
  const more = launched.map((made) => ({ name: "launched volume", size: made.size_in_gbs, performance: made.vpus_per_gb }));
  const booted = source.source_type === "bootVolume" ? [] : volumeCharges(boot, count);
  return [...booted, ...more.flatMap((volume) => volumeCharges(volume, count))];
}

/** A machine: OCPU and memory hours, disks, what goes out. Linux, on demand. */
export const priceInstance: PriceRule = ({ attributes }, inventory, { region }) => {
  if (asList(attributes.preemptible_instance_config).length > 0) return [unpriced("preemptible machines are not in the book", HOURS)];
  const disks = diskCharges(attributes);
  if (isStopped(attributes)) return disks;
  const hours = shapeCharges(attributes.shape, block(attributes.shape_config), 1, "1 machine");
  return [...hours, ...disks, ...addressCharges(block(attributes.create_vnic_details), attributes.subnet_id, inventory, region)];
};

/** An address of its own; without a word it has one unless its subnet forbids that. The price list has no part for it, nor has anyone said it is free. */
function addressCharges(card: Attributes, subnetId: unknown, inventory: Inventory, region: string | undefined): Charge[] {
  const own = card.assign_public_ip;
  if (isExpression(own)) return [unknown("assign_public_ip is not a literal", "public IPv4 address")];
  const subnet = inventory.referred(card.subnet_id ?? subnetId);
  const forbidden = isTrue(subnet?.attributes.prohibit_public_ip_on_vnic) || isTrue(subnet?.attributes.prohibit_internet_ingress);
  const open = own === undefined || own === null ? subnet !== undefined && !forbidden : isTrue(own);
  return open ? [unpriced("public addresses are not in the book", "public IPv4 address"), egress(region)] : [];
}

/** A container instance; 15 GB of its scratch space are in it. Source: same page as the shapes. */
export const priceContainerInstance: PriceRule = ({ attributes }, inventory, { region }) => {
  if (isStopped(attributes)) return [{ kind: "free", reason: "a stopped container instance is not charged" }];
  const hours = shapeCharges(attributes.shape, block(attributes.shape_config), 1, "1 container instance");
  const [card] = asList(attributes.vnics) as Attributes[];
  const address = addressCharges({ ...card, assign_public_ip: card?.is_public_ip_assigned }, undefined, inventory, region);
  return [...hours, ...address];
};

/** Machines of a pool, from the fewest to the most that scaling allows. */
export const pricePool: PriceRule = (pool, inventory, { region }) => {
  const template = inventory.referred(pool.attributes.instance_configuration_id);
  const launch = block(block(template?.attributes.instance_details).launch_details);
  if (template === undefined) return [unknown("the instance configuration is not in this stack")];
  const machines = machinesOf(pool, inventory);
  if (machines === "unknown") return [unknown("the size of the pool is no literal")];
  const { low, high } = machines;
  const of = low === high ? `${low} machines` : `${low} to ${high} machines`;
  const hours = shapeCharges(launch.shape, block(launch.shape_config), machines, of);
  return [...hours, ...diskCharges(launch, machines), ...addressCharges(block(launch.create_vnic_details), undefined, inventory, region)];
};

function machinesOf(pool: ResourceView, inventory: Inventory): Range | "unknown" {
  const [scaling] = inventory.referring("oci_autoscaling_auto_scaling_configuration", "auto_scaling_resources.id", pool);
  const size = numberOf(pool.attributes.size) ?? 0;
  const capacities = (asList(scaling?.attributes.policies) as Attributes[]).map(({ capacity }) => block(capacity));
  if (size === "unknown") return size;
  if (scaling === undefined || capacities.length === 0) return { low: size, expected: size, high: size };
  const lows = capacities.map(({ min }) => numberOf(min) ?? size);
  const highs = capacities.map(({ max }) => limitOf(max));
  const known = [...lows, ...highs].filter((value): value is number => value !== "unknown");
  if (known.length < lows.length + highs.length) return "unknown";
  const low = Math.min(...known.slice(0, lows.length));
  return { low, expected: Math.max(low, size), high: Math.max(...known) };
}
