import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import { isExpression, isTrue, numberOf, textOf } from "../../cost/literal";
import type { Charge, PriceRule } from "../../cost/rule";
import type { Range } from "../../cost/usage";
import { customMetrics, EGRESS, hourly, limitOf, publicAddresses, unknown, unpriced, used } from "./charges";
import { volumeCharges, type Volume } from "./volumes";

type Attributes = Readonly<Record<string, unknown>>;

/** Metrics that detailed monitoring of one machine writes: three of CPU and network, four of disks. Source: ryuzoji.com/archives/969, read 2026-11-21. */
const DETAILED_METRICS = 7;

/** A machine: hours, disks, public address, detailed monitoring. Linux, shared hardware, on demand. */
export const priceInstance: PriceRule = (resource, inventory) => {
  const { attributes } = resource;
  const template = inventory.referred(block(attributes.launch_template).id);
  const type = attributes.instance_type ?? template?.attributes.instance_type;
  const disks = instanceVolumes(attributes).flatMap((volume) => volumeCharges(volume));
  if (isStopped(resource, inventory)) return disks;
  return [...machineCharges(type, { ...template?.attributes, ...attributes }), ...disks, ...addressCharges(resource, inventory)];
};

/** A stopped machine costs its disks. */
function isStopped(machine: ResourceView, inventory: Inventory): boolean {
  return inventory.referring("aws_ec2_instance_state", "instance_id", machine).some(({ attributes }) => attributes.state === "stopped");
}

function machineCharges(type: unknown, attributes: Attributes, count: number | Range = 1, of = "1 machine"): Charge[] {
  const sku = textOf(type);
  if (sku === undefined) return [unknown("instance_type is not a literal", "machine hours")];
  const options = asList(attributes.instance_market_options);
  if (options.length > 0) return [unpriced("spot prices are not in the book", "machine hours")];
  const tenancy = attributes.tenancy ?? block(attributes.placement).tenancy ?? "default";
  if (tenancy !== "default") return [unpriced(`tenancy ${String(tenancy)} is not in the book`, "machine hours")];
  const charges: Charge[] = [hourly(`machine ${sku}`, { service: "EC2", sku, unit: "instance-hour" }, count, of)];
  const detailed = isTrue(attributes.monitoring) || isTrue(block(attributes.monitoring).enabled);
  if (detailed && typeof count === "number") charges.push(customMetrics("detailed monitoring", DETAILED_METRICS * count, "7 metrics"));
  return charges;
}

function instanceVolumes(attributes: Attributes): Volume[] {
  const root = block(attributes.root_block_device);
  return [
    { name: "root volume", size: root.volume_size, type: root.volume_type, iops: root.iops, throughput: root.throughput },
    ...(asList(attributes.ebs_block_device) as Attributes[]).map((disk) => ({
      name: `volume ${String(disk.device_name)}`,
      size: disk.volume_size,
      type: disk.volume_type,
      iops: disk.iops,
      throughput: disk.throughput,
    })),
  ];
}

/** An address of its own; an elastic one is charged where it is made. */
function addressCharges(resource: ResourceView, inventory: Inventory): Charge[] {
  const elastic = ["aws_eip", "aws_eip_association"].some((type) => {
    const attribute = type === "aws_eip" ? "instance" : "instance_id";
    return inventory.referring(type, attribute, resource).length > 0;
  });
  if (elastic) return [EGRESS];
  const own = resource.attributes.associate_public_ip_address;
  if (isExpression(own)) return [unknown("associate_public_ip_address is not a literal", "public IPv4 address")];
  const subnet = inventory.referred(resource.attributes.subnet_id);
  const open = own === undefined || own === null ? isTrue(subnet?.attributes.map_public_ip_on_launch) : isTrue(own);
  return open ? [publicAddresses(1, "1 address"), EGRESS] : [];
}

/** A group of machines, from the fewest to the most. */
export const priceAutoscalingGroup: PriceRule = ({ attributes }, inventory) => {
  if (asList(attributes.mixed_instances_policy).length > 0) return [unpriced("mixed instances are not priced")];
  const template = inventory.referred(block(attributes.launch_template).id);
  if (template === undefined) return [unknown("the launch template is not in this stack")];
  const low = numberOf(attributes.min_size) ?? 0;
  const high = limitOf(attributes.max_size);
  const wanted = numberOf(attributes.desired_capacity) ?? low;
  if (low === "unknown" || high === "unknown" || wanted === "unknown")
    return [unknown("min_size, max_size or desired_capacity is no literal")];
  const count = { low, expected: wanted, high };
  const of = `${low} to ${high} machines`;
  const network = (asList(template.attributes.network_interfaces) as Attributes[]).some((one) => isTrue(one.associate_public_ip_address));
  return [
    ...machineCharges(template.attributes.instance_type, template.attributes, count, of),
    ...templateVolumes(template.attributes).flatMap((volume) => volumeCharges(volume, count)),
    ...(network ? [publicAddresses(count, `${low} to ${high} addresses`), EGRESS] : []),
  ];
};

function templateVolumes(attributes: Attributes): Volume[] {
  const mappings = asList(attributes.block_device_mappings) as Attributes[];
  if (mappings.length === 0) return [{ name: "root volume" }];
  return mappings.map((mapping) => {
    const disk = block(mapping.ebs);
    const name = `volume ${String(mapping.device_name)}`;
    return { name, size: disk.volume_size, type: disk.volume_type, iops: disk.iops, throughput: disk.throughput };
  });
}

export const priceVolume: PriceRule = ({ attributes }) =>
  volumeCharges({
    name: "volume",
    size: attributes.size,
    type: attributes.type ?? "gp2",
    iops: attributes.iops,
    throughput: attributes.throughput,
  });

/** Charged whether or not something uses it. */
export const priceElasticAddress: PriceRule = () => [publicAddresses(1, "1 address")];

/** Functions pay by use. */
export const priceFunction: PriceRule = ({ attributes }) => {
  const arm = asList(attributes.architectures).includes("arm64");
  const disk = numberOf(block(attributes.ephemeral_storage).size) ?? 512;
  const duration = { service: "Lambda", sku: arm ? "duration-arm-tier1" : "duration-x86-tier1", unit: "GB-second" };
  return [
    used("calls", { service: "Lambda", sku: "requests", unit: "million requests" }, "functionCallMillions"),
    used("run time", duration, "functionGBSeconds"),
    ...(disk === 512 ? [] : [unpriced("ephemeral storage beyond 512 MB is charged by run time", "scratch space")]),
  ];
};
