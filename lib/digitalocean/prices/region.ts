import { textOf } from "../../cost/literal";
import { block } from "../../facts/inventory";
import type { RegionOf } from "../../facts/provider-region";

/** The region of a resource is its own attribute: the provider has none. A pool says it in its template, an app in its spec, a copy has that of its cluster. */
export const regionOf: RegionOf = (resource, inventory) => {
  const { attributes } = resource;
  const region = attributes.region ?? block(attributes.droplet_template).region ?? block(attributes.spec).region;
  if (region !== undefined) return textOf(region);
  const cluster = inventory.referred(attributes.cluster_id);
  return cluster === undefined ? undefined : textOf(cluster.attributes.region);
};
