import type { ProviderRecovery } from "../../recovery/stateful";

/** What at OCI holds data, and how it survives. Types that are not here hold none. */
export const ociRecovery: ProviderRecovery = {};
