import { hourly, monthly, used } from "../../cost/charges";
import type { FixedCharge, MeterPrice } from "../../cost/rule";
import type { Range } from "../../cost/usage";

export { free, hourly, HOURS, lengthOf, limitOf, monthly, referredOr, times, unknown, unpriced, used } from "../../cost/charges";

/** A public IPv4 address is charged in use and idle alike. */
export function publicAddresses(count: number | Range, of: string): FixedCharge {
  return hourly("public IPv4 address", { service: "Public IPv4", sku: "in-use-address", unit: "hour" }, count, of);
}

/** What goes out to the internet. */
export const EGRESS = used("data to the internet", { service: "Data transfer", sku: "internet-out-first-10TB", unit: "GB" }, "egressGB");

export function customMetrics(meter: string, count: number, basis: string): FixedCharge {
  return monthly(meter, { service: "CloudWatch", sku: "custom-metric", unit: "metric-month" }, count, basis);
}

export const SECRET: MeterPrice = { service: "Secrets Manager", sku: "secret", unit: "secret-month" };
