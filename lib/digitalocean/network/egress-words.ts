import type { DigitalOceanEgress } from "./network";

/** What the description of a VPC says of its way to the internet: DigitalOcean has nothing else that would say it. */
export const EGRESS_WORDS = {
  none: "No way to the internet: for databases and what else needs none",
  "public-ip": "Machines reach the internet through public addresses of their own",
  "nat-gateway": "Machines reach the internet through the NAT gateway",
} satisfies Record<DigitalOceanEgress, string>;
