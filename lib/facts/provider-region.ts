import { textOf } from "../cost/literal";
import { asList, type Inventory, type ResourceView } from "./inventory";

/** The region of a resource; undefined when it is known only when Terraform runs. */
export type RegionOf = (resource: ResourceView, inventory: Inventory) => string | undefined;

/** Reads the region of a resource from the provider block that it names, or from the one without alias. */
export function regionOfProvider(provider: string): RegionOf {
  const known = new WeakMap<Inventory, ReadonlyMap<string, string | undefined>>();
  return ({ attributes }, inventory) => {
    const regions = known.get(inventory) ?? readRegions(provider, inventory);
    known.set(inventory, regions);
    const named = attributes.provider;
    return regions.get(typeof named === "string" ? named.replace(/^\$\{|\}$/g, "") : provider);
  };
}

function readRegions(provider: string, { json }: Inventory): ReadonlyMap<string, string | undefined> {
  const blocks = asList((json.provider as Readonly<Record<string, unknown>> | undefined)?.[provider]);
  return new Map(
    (blocks as { alias?: string; region?: unknown }[]).map(({ alias, region }) => [
      alias === undefined ? provider : `${provider}.${alias}`,
      textOf(region),
    ]),
  );
}
