import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import { isExpression, isTrue, numberOf, textOf } from "../../cost/literal";
import type { Charge, PriceRule } from "../../cost/rule";
import type { Range } from "../../cost/usage";
import { EGRESS, free, hourly, limitOf, publicAddresses, unknown, unpriced, used } from "./charges";

type Attributes = Readonly<Record<string, unknown>>;

const CPU_UNITS = 1024;
const MIB = 1024;
/** Scratch space of a task at no charge. Source: name of the row `ephemeral-over-20GB` in the price book. */
const FREE_SCRATCH_GIB = 20;

const METER = "container metrics";

/** Tasks on Fargate, from the fewest to the most that scaling allows. */
export const priceService: PriceRule = (service, inventory) => {
  const { attributes } = service;
  const strategies = (asList(attributes.capacity_provider_strategy) as Attributes[]).map((one) => one.capacity_provider);
  if (strategies.includes("FARGATE_SPOT")) return [unpriced("Fargate Spot prices are not in the book")];
  if (attributes.launch_type !== "FARGATE" && !strategies.includes("FARGATE")) return [free("the machines that run it are charged")];
  const tasks = tasksOf(service, inventory);
  if (tasks === "unknown") return [unknown("the number of tasks is not a literal")];
  const task = inventory.referred(attributes.task_definition);
  if (task === undefined) return [unknown("the task definition is not in this stack")];
  return serviceCharges(service, task, tasks, inventory);
};

/** What a number of tasks is charged for. */
export function serviceCharges({ attributes }: ResourceView, task: ResourceView, tasks: Range, inventory: Inventory): Charge[] {
  const of = tasks.low === tasks.high ? `${tasks.low} tasks` : `${tasks.low} to ${tasks.high} tasks`;
  return [
    ...taskCharges(task.attributes, tasks, of),
    ...networkCharges(attributes, tasks, of),
    ...metricCharges(attributes, tasks, inventory),
  ];
}

function taskCharges(task: Attributes, tasks: Range, of: string): Charge[] {
  const platform = block(task.runtime_platform);
  const system = textOf(platform.operating_system_family) ?? "LINUX";
  if (system !== "LINUX") return [unpriced(`Fargate for ${system} is not in the book`)];
  const [cpu, memory] = [numberOf(task.cpu), numberOf(task.memory)];
  if (typeof cpu !== "number" || typeof memory !== "number") return [unknown("cpu or memory of the task is not a literal")];
  const suffix = platform.cpu_architecture === "ARM64" ? "arm" : "x86";
  const each = (amount: number): Range => ({ low: tasks.low * amount, expected: tasks.expected * amount, high: tasks.high * amount });
  const [vcpu, gb] = [cpu / CPU_UNITS, memory / MIB];
  const scratch = numberOf(block(task.ephemeral_storage).size_in_gib) ?? FREE_SCRATCH_GIB;
  if (scratch === "unknown") return [unknown("ephemeral_storage is not a literal")];
  const extra = Math.max(0, scratch - FREE_SCRATCH_GIB);
  return [
    hourly("task CPU", { service: "Fargate", sku: `vcpu-${suffix}`, unit: "vCPU-hour" }, each(vcpu), `${of} x ${vcpu} vCPU`),
    hourly("task memory", { service: "Fargate", sku: `memory-${suffix}`, unit: "GB-hour" }, each(gb), `${of} x ${gb} GB`),
    ...(extra > 0
      ? [
          hourly(
            "task scratch space",
            { service: "Fargate", sku: "ephemeral-over-20GB", unit: "GB-hour" },
            each(extra),
            `${of} x ${extra} GB`,
          ),
        ]
      : []),
  ];
}

function networkCharges(service: Attributes, tasks: Range, of: string): Charge[] {
  const open = block(service.network_configuration).assign_public_ip;
  if (isExpression(open)) return [unknown("assign_public_ip is not a literal", "public IPv4 address")];
  return isTrue(open) ? [publicAddresses(tasks, `${of} x 1 address`), EGRESS] : [];
}

function metricCharges(service: Attributes, tasks: Range, inventory: Inventory): Charge[] {
  const cluster = inventory.referred(service.cluster);
  if (insightsOf(cluster) !== "enabled" || tasks.high === 0) return [];
  return [used(METER, { service: "CloudWatch", sku: "custom-metric", unit: "metric-month" }, "containerMetrics")];
}

/** A cluster costs nothing; the metrics of what runs in it are charged there. */
export const priceCluster: PriceRule = (cluster) =>
  insightsOf(cluster) === "enhanced"
    ? [unpriced("enhanced container insights are not in the book", METER)]
    : [free("a cluster is not charged")];

function insightsOf(cluster: ResourceView | undefined): unknown {
  return (asList(cluster?.attributes.setting) as Attributes[]).find((setting) => setting.name === "containerInsights")?.value;
}

/** From the fewest to the most tasks of a service. */
export function tasksOf(service: ResourceView, inventory: Inventory): Range | "unknown" {
  const target = targets(inventory).get(service.address) ?? targets(inventory).get(String(service.attributes.name));
  if (target === undefined) {
    const count = numberOf(service.attributes.desired_count) ?? 0;
    return count === "unknown" ? "unknown" : { low: count, expected: count, high: count };
  }
  const [low, high] = [numberOf(target.attributes.min_capacity) ?? 0, limitOf(target.attributes.max_capacity)];
  return low === "unknown" || high === "unknown" ? "unknown" : { low, expected: low, high };
}

const SERVICE_REFERENCE = /\$\{(aws_ecs_service\.[A-Za-z0-9_-]+)\./;

const scaled = new WeakMap<Inventory, ReadonlyMap<string, ResourceView>>();

/** Scaling targets by the address or the name of what they scale. */
function targets(inventory: Inventory): ReadonlyMap<string, ResourceView> {
  const found = scaled.get(inventory) ?? readTargets(inventory);
  scaled.set(inventory, found);
  return found;
}

function readTargets(inventory: Inventory): ReadonlyMap<string, ResourceView> {
  const all = inventory.resources.filter((resource) => resource.type === "aws_appautoscaling_target");
  return new Map(
    all.map((target) => {
      const id = String(target.attributes.resource_id);
      return [SERVICE_REFERENCE.exec(id)?.[1] ?? id.slice(id.lastIndexOf("/") + 1), target];
    }),
  );
}
