import type { Inventory, ResourceView } from "../../facts/inventory";

/** Everything of one stack that configures one zone. */
export interface ZoneParts {
  /** What the findings stand at: the zone itself, or the first setting of one that is made elsewhere; undefined when there are records only. */
  readonly anchor?: ResourceView;
  readonly zone?: ResourceView;
  readonly settings: ReadonlyMap<string, ResourceView>;
  readonly dnssec?: ResourceView;
  readonly rulesets: readonly ResourceView[];
  readonly records: readonly ResourceView[];
}

interface Gathered {
  zone?: ResourceView;
  dnssec?: ResourceView;
  readonly settings: Map<string, ResourceView>;
  readonly rulesets: ResourceView[];
  readonly records: ResourceView[];
}

const known = new WeakMap<Inventory, ReadonlyMap<string, ZoneParts>>();

/** The zone that a resource stands for in the findings; undefined when another one does. */
export function zoneAnchoredAt(resource: ResourceView, inventory: Inventory): ZoneParts | undefined {
  const parts = zoneOf(resource, inventory);
  return parts?.anchor === resource ? parts : undefined;
}

/** The parts of the zone that a resource belongs to. */
export function zoneOf(resource: ResourceView, inventory: Inventory): ZoneParts | undefined {
  const zones = known.get(inventory) ?? gather(inventory);
  known.set(inventory, zones);
  return zones.get(keyOf(resource, inventory));
}

function keyOf(resource: ResourceView, inventory: Inventory): string {
  if (resource.type === "cloudflare_zone") return resource.address;
  const { zone_id: id } = resource.attributes;
  return inventory.referred(id)?.address ?? String(id);
}

function gather(inventory: Inventory): ReadonlyMap<string, ZoneParts> {
  const zones = new Map<string, Gathered>();
  for (const resource of inventory.resources) {
    if (!PARTS.has(resource.type)) continue;
    const key = keyOf(resource, inventory);
    const parts = zones.get(key) ?? { settings: new Map(), rulesets: [], records: [] };
    zones.set(key, parts);
    add(parts, resource);
  }
  return new Map([...zones].map(([key, parts]) => [key, { ...parts, anchor: anchorOf(parts) }]));
}

const PARTS: ReadonlySet<string> = new Set([
  "cloudflare_zone",
  "cloudflare_zone_setting",
  "cloudflare_zone_dnssec",
  "cloudflare_ruleset",
  "cloudflare_dns_record",
]);

function add(parts: Gathered, resource: ResourceView): void {
  switch (resource.type) {
    case "cloudflare_zone":
      parts.zone = resource;
      break;
    case "cloudflare_zone_dnssec":
      parts.dnssec = resource;
      break;
    case "cloudflare_zone_setting":
      parts.settings.set(String(resource.attributes.setting_id), resource);
      break;
    case "cloudflare_ruleset":
      parts.rulesets.push(resource);
      break;
    default:
      parts.records.push(resource);
  }
}

function anchorOf({ zone, dnssec, settings, rulesets }: Gathered): ResourceView | undefined {
  const [setting] = settings.values();
  return zone ?? dnssec ?? setting ?? rulesets[0];
}
