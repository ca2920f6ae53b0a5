import type { LabelProjection } from "../provider";

/** Labels as OCI tags. */
export const ociLabels: LabelProjection = { encode: () => ({}), decode: () => ({}), carrierOf: () => undefined };
