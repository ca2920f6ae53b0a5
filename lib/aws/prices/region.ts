import { textOf } from "../../cost/literal";
import { regionOfProvider, type RegionOf } from "../../facts/provider-region";

const ofProvider = regionOfProvider("aws");

/** The region of a resource: its own, or that of the provider block that it names, or of the one without alias. */
export const regionOf: RegionOf = (resource, inventory) => {
  const { region } = resource.attributes;
  return region === undefined ? ofProvider(resource, inventory) : textOf(region);
};
