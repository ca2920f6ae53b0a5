import { monthly, used } from "../../cost/charges";
import { MONTH_HOURS, type PriceKey } from "../../cost/price";
import type { FixedCharge, UsageCharge } from "../../cost/rule";
import type { Range, UsageKey } from "../../cost/usage";

/** A price of DigitalOcean: the same in all regions. */
export function price(service: string, sku: string, unit: string): PriceKey {
  return { service, sku, unit, region: "global" };
}

/** A droplet all month: charged by the second up to a cap, which is reached after 672 hours. Powered off it costs the same. */
export function dropletMonth(meter: string, size: string, count: number | Range, of: string): FixedCharge {
  return monthly(meter, price("Droplets", size, "month (cap)"), count, `${of} x 1 month (cap at ${MONTH_HOURS.monthlyCap} h)`);
}

/** The allowance of data that every droplet brings along. */
export const TRANSFER = "droplet transfer";

/** What goes out to the internet. */
export const EGRESS: UsageCharge = used("data to the internet", price("Bandwidth", "egress-over-pool", "GiB"), "egressGB");

/** The same from a droplet: what it adds to the pool of the team is an allowance, which counts only when it is named. */
export const DROPLET_EGRESS: UsageCharge = { ...EGRESS, allowance: TRANSFER };

/** A charge by use, of which an allowance may take off a part. */
export function usedWithin(meter: string, key: PriceKey, usage: UsageKey, allowance: string): UsageCharge {
  return { ...used(meter, key, usage), allowance };
}

/** From the fewest to the most; the fewest are expected. */
export function fromTo(low: number, high: number): Range {
  return { low, expected: low, high };
}
