import { isTrue, numberOf } from "../../cost/literal";
import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import { computed, type MechanismUse } from "../../recovery/mechanisms";
import { timeText } from "../../recovery/words";
import { regionOf } from "../prices/region";
import { tagOf } from "./backups";
import { longestGapMinutes } from "./interval";
import { AWS_MECHANISMS } from "./mechanisms";

type Attributes = ResourceView["attributes"];

/** A snapshot begins within an hour of its time. Source: CreateRule in the Amazon Data Lifecycle Manager API reference, read 2026-11-21. */
const START_WINDOW_MINUTES = 60;

const HOUR = 60;

const read = new WeakMap<Inventory, readonly ResourceView[]>();

/** What the lifecycle policies of the stack do for a volume, or for the volumes of a machine. */
export function snapshotUses(resource: ResourceView, inventory: Inventory): readonly MechanismUse[] {
  const kind = resource.type === "aws_instance" ? "INSTANCE" : "VOLUME";
  return policiesOf(inventory)
    .map(({ attributes }) => block(attributes.policy_details))
    .filter((details) => asList(details.resource_types).includes(kind) && isTarget(details, resource))
    .flatMap((details) => asList(details.schedule) as Attributes[])
    .flatMap((schedule) => scheduleUses(schedule, regionOf(resource, inventory)));
}

function policiesOf(inventory: Inventory): readonly ResourceView[] {
  const isOn = ({ attributes }: ResourceView) => (attributes.state ?? "ENABLED") === "ENABLED";
  const found =
    read.get(inventory) ?? inventory.resources.filter((resource) => resource.type === "aws_dlm_lifecycle_policy" && isOn(resource));
  read.set(inventory, found);
  return found;
}

/** One of the tags is enough. Source: LifecyclePolicy in the same reference. A policy that leaves out some disks is not sure to take this one. */
function isTarget(details: Attributes, resource: ResourceView): boolean {
  const tags = Object.entries((details.target_tags ?? {}) as Attributes);
  const parameters = block(details.parameters);
  const leavesOut = isTrue(parameters.exclude_boot_volume) || asList(parameters.exclude_data_volume_tags).length > 0;
  return !leavesOut && tags.some(([key, value]) => tagOf(resource, key) === value);
}

function scheduleUses(schedule: Attributes, home: string | undefined): readonly MechanismUse[] {
  const gap = gapMinutes(block(schedule.create_rule));
  if (gap === undefined) return [];
  const rpo = computed(gap + START_WINDOW_MINUTES);
  const detail = `schedule "${String(schedule.name)}", ${timeText(gap)} apart, begun within ${timeText(START_WINDOW_MINUTES)}`;
  const regions = (asList(schedule.cross_region_copy_rule) as Attributes[])
    .map(({ target_region: region, target }) => String(region ?? target))
    .filter((region) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) && home !== undefined && region !== home);
  return [
    AWS_MECHANISMS.use("snapshotPolicy", { detail, rpo }),
    ...regions.map((region) => AWS_MECHANISMS.use("snapshotCopy", { detail: `${detail}, to ${region}`, rpo })),
  ];
}

function gapMinutes({ interval, cron_expression: cron }: Attributes): number | undefined {
  if (cron !== undefined) return longestGapMinutes(cron);
  const hours = numberOf(interval);
  return typeof hours === "number" ? hours * HOUR : undefined;
}
