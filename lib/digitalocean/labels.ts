import type { LabelProjection } from "../provider";

/** Labels as DigitalOcean tags. */
export const digitalOceanLabels: LabelProjection = { encode: () => ({}), decode: () => ({}), carrierOf: () => undefined };
