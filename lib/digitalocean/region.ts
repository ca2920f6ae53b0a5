import type { Construct } from "constructs";
import { Check, isToken } from "../spec/check";

/** Regions with a VPC. Source: https://docs.digitalocean.com/platform/regional-availability/, read 2026-11-21. */
export const REGIONS = ["nyc1", "nyc2", "nyc3", "ams3", "sfo2", "sfo3", "sgp1", "lon1", "fra1", "tor1", "blr1", "syd1", "atl1"] as const;

export type DigitalOceanRegion = (typeof REGIONS)[number];

/** A region after checks, for constructs that are in no network. */
export function checkRegion(construct: Construct, region: string): string {
  const check = new Check<{ region: string }>(construct.node.path, { region }, { region: true });
  return check.done(check.oneOf("region", isToken(region) ? [] : REGIONS));
}
