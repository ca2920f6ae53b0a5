import { block, type ResourceView } from "../../facts/inventory";
import { cheaperThan, withAttributes } from "../../cost/cheaper";
import { isTrue, textOf } from "../../cost/literal";
import type { Change, ChangeRule, Charge } from "../../cost/rule";
import { hourly } from "./charges";
import { priceInstance } from "./compute";
import { serviceCharges, tasksOf } from "./containers";
import { priceDatabase } from "./database";
import { volumeCharges } from "./volumes";

/** Families of machines that can run what another of the same line runs: the processor stays the same. */
const isArm = (type: string): boolean => /^[a-z]+\d+g[a-z]*\./.test(type);

/** What takes the place of a managed NAT: the same as the network's egress "nat-instance". */
const NAT_MACHINE = { type: "t4g.nano", rootGiB: 8 } as const;

/** Every cheaper machine with the same kind of processor that the book has a price for in the region. */
const changeInstance: ChangeRule = (instance, inventory, { region, book }) => {
  const type = textOf(instance.attributes.instance_type);
  if (type === undefined || region === undefined) return [];
  const cheaper = cheaperThan(book, { service: "EC2", region, unit: "instance-hour" }, type, (sku) => isArm(sku) === isArm(type));
  return cheaper.map((sku) => ({
    change: `instance_type "${sku}" instead of "${type}"`,
    loses: lossOf(type, sku),
    instead: { [instance.address]: priceInstance(withAttributes(instance, { instance_type: sku }), inventory, { region }) },
  }));
};

/** A cheaper class in the same number of zones, or one zone instead of two. */
const changeDatabase: ChangeRule = (database, inventory, { region, book }) => {
  const size = textOf(database.attributes.instance_class);
  if (size === undefined || region === undefined) return [];
  const zones = isTrue(database.attributes.multi_az) ? "multi-az" : "single-az";
  const instead = (attributes: ResourceView["attributes"]): Change["instead"] => ({
    [database.address]: priceDatabase(withAttributes(database, attributes), inventory, { region }),
  });
  const skus = cheaperThan(book, { service: "RDS PostgreSQL", region, unit: "instance-hour" }, `${size}:${zones}`, (sku) =>
    sku.endsWith(`:${zones}`),
  );
  const smaller = skus.map((sku) => sku.slice(0, sku.indexOf(":")));
  const classes = smaller.map((sku) => ({
    change: `instance_class "${sku}" instead of "${size}"`,
    loses: lossOf(size, sku),
    instead: instead({ instance_class: sku }),
  }));
  if (zones === "single-az") return classes;
  const one = { change: "one zone instead of two", loses: "the standby in a second zone", instead: instead({ multi_az: false }) };
  return [...classes, one];
};

/** A small machine of one's own that translates addresses. */
const changeNatGateway: ChangeRule = (gateway) => {
  const { type, rootGiB } = NAT_MACHINE;
  const charges: Charge[] = [
    hourly(`NAT machine ${type}`, { service: "EC2", sku: type, unit: "instance-hour" }, 1, "1 machine"),
    ...volumeCharges({ name: "root volume", size: rootGiB, type: "gp3" }),
  ];
  return [
    { change: 'egress "nat-instance" instead of a NAT gateway', loses: "failover of the way out", instead: { [gateway.address]: charges } },
  ];
};

/** How many numbers of tasks below the most are tried. */
const FEWER_TRIED = 20;

/** Fewer tasks at most, and arm64 instead of x86. */
const changeService: ChangeRule = (service, inventory) => {
  const task = inventory.referred(service.attributes.task_definition);
  const tasks = tasksOf(service, inventory);
  if (task === undefined || tasks === "unknown" || !Number.isFinite(tasks.high)) return [];
  const instead = (charges: readonly Charge[]): Change["instead"] => ({ [service.address]: charges });
  const changes: Change[] = [];
  const platform = block(task.attributes.runtime_platform);
  if (platform.cpu_architecture !== "ARM64") {
    const arm = withAttributes(task, { runtime_platform: { ...platform, cpu_architecture: "ARM64" } });
    changes.push({ change: 'architecture "arm64" instead of x86', instead: instead(serviceCharges(service, arm, tasks, inventory)) });
  }
  for (let most = tasks.high - 1; most >= Math.max(tasks.low, 1) && most >= tasks.high - FEWER_TRIED; most--) {
    const charges = serviceCharges(service, task, { ...tasks, high: most }, inventory);
    changes.push({ change: `replicas.max ${most} instead of ${tasks.high}`, loses: "capacity at peaks", instead: instead(charges) });
  }
  return changes;
};

/** Without private endpoints the calls go through the way out of the network. */
const changeEndpoint: ChangeRule = (endpoint) =>
  endpoint.attributes.vpc_endpoint_type === "Interface"
    ? [
        {
          change: "no interface endpoint",
          loses: "calls of AWS services that stay inside the network",
          instead: { [endpoint.address]: [] },
        },
      ]
    : [];

/** Cheaper ways that AWS has, by Terraform resource type. */
export const CHANGES: Readonly<Record<string, ChangeRule>> = {
  aws_db_instance: changeDatabase,
  aws_ecs_service: changeService,
  aws_instance: changeInstance,
  aws_nat_gateway: changeNatGateway,
  aws_vpc_endpoint: changeEndpoint,
};

/** Sizes of a family below the multiples of xlarge. By the names of instance types. */
const SIZES: readonly string[] = ["nano", "micro", "small", "medium", "large"];

/** The same size of another family is no loss that its name would tell. */
function lossOf(from: string, to: string): string | undefined {
  const [before, after] = [from, to].map((type) => type.slice(type.lastIndexOf(".") + 1)) as [string, string];
  return rankOf(after) >= rankOf(before) ? undefined : `capacity (${after} is smaller than ${before})`;
}

function rankOf(size: string): number {
  const [, multiple] = /^(\d*)xlarge$/.exec(size) ?? [];
  return multiple === undefined ? SIZES.indexOf(size) : SIZES.length + Number(multiple || 1);
}
