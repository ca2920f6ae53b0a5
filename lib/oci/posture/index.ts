import type { ProviderPosture } from "../../provider";

/** How safely resources of OCI are set up: also those that no construct of this library makes. */
export const ociPosture: ProviderPosture = { readers: {}, references: {} };
