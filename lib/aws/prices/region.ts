import { asList, type Inventory, type ResourceView } from "../../facts/inventory";
import { textOf } from "../../cost/literal";

const known = new WeakMap<Inventory, ReadonlyMap<string, string | undefined>>();

/** The region of a resource: its own, or that of the provider block that it names, or of the one without alias. */
export function regionOf(resource: ResourceView, inventory: Inventory): string | undefined {
  const { region, provider } = resource.attributes;
  if (region !== undefined) return textOf(region);
  const name = typeof provider === "string" ? provider.replace(/^\$\{|\}$/g, "") : "aws";
  return regions(inventory).get(name);
}

function regions(inventory: Inventory): ReadonlyMap<string, string | undefined> {
  const found = known.get(inventory) ?? readRegions(inventory);
  known.set(inventory, found);
  return found;
}

function readRegions({ json }: Inventory): ReadonlyMap<string, string | undefined> {
  const blocks = asList((json.provider as { aws?: unknown } | undefined)?.aws) as { alias?: string; region?: unknown }[];
  return new Map(blocks.map(({ alias, region }) => [alias === undefined ? "aws" : `aws.${alias}`, textOf(region)]));
}
