import { regionOfProvider } from "../../facts/provider-region";

/** The region of a resource: that of the provider block that it names, or of the one without alias. */
export const regionOf = regionOfProvider("oci");
