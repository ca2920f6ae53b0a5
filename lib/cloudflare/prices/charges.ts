import { used } from "../../cost/charges";
import type { PriceKey } from "../../cost/price";
import type { UsageCharge } from "../../cost/rule";
import type { UsageKey } from "../../cost/usage";

/** A price of Cloudflare: the same everywhere. */
export function price(service: string, sku: string, unit: string): PriceKey {
  return { service, sku, unit, region: "global" };
}

const MILLION = 1e-6;

interface Meter {
  readonly meter: string;
  readonly price: PriceKey;
  readonly usage: UsageKey;
  /** Units of the price in one unit of the usage. @default 1 */
  readonly factor?: number;
  /** What an account has at no charge, once for all that it runs. */
  readonly allowance: string;
}

function meter({ meter: what, price: key, usage, factor, allowance }: Meter): UsageCharge {
  return { ...used(what, key, usage, factor), allowance };
}

/** What a Worker is charged for beside the plan. */
export const WORKER_METERS: readonly UsageCharge[] = [
  meter({
    meter: "requests",
    price: price("Workers", "requests-over-10M", "million requests"),
    usage: "functionCallMillions",
    allowance: "Workers requests",
  }),
  meter({
    meter: "CPU time",
    price: price("Workers", "cpu-over-30M-ms", "million CPU-ms"),
    usage: "functionCpuMillionMs",
    allowance: "Workers CPU time",
  }),
];

const OBJECTS = "Durable Objects";

/** What Durable Objects are charged for on top; how much of a Worker's requests reach one is not known, so all of them are counted. */
export const DURABLE_OBJECT_METERS: readonly UsageCharge[] = [
  meter({
    meter: "requests to Durable Objects",
    price: price(OBJECTS, "requests-over-1M", "million requests"),
    usage: "functionCallMillions",
    allowance: "Durable Objects requests",
  }),
  meter({
    meter: "duration of Durable Objects",
    price: price(OBJECTS, "duration-over-400k-GBs", "million GB-seconds"),
    usage: "functionGBSeconds",
    factor: MILLION,
    allowance: "Durable Objects duration",
  }),
  meter({
    meter: "rows read in Durable Objects",
    price: price(OBJECTS, "sqlite-rows-read-over-25B", "million rows"),
    usage: "rowReadMillions",
    allowance: "Durable Objects rows read",
  }),
  meter({
    meter: "rows written in Durable Objects",
    price: price(OBJECTS, "sqlite-rows-written-over-50M", "million rows"),
    usage: "rowWriteMillions",
    allowance: "Durable Objects rows written",
  }),
  meter({
    meter: "data in Durable Objects",
    price: price(OBJECTS, "sqlite-storage-over-5GB", "GB-month"),
    usage: "storedGB",
    allowance: "Durable Objects storage",
  }),
];

/** What a bucket of standard storage is charged for. What leaves it is free. */
export const BUCKET_METERS: readonly UsageCharge[] = [
  meter({
    meter: "objects held",
    price: price("R2", "standard-storage-over-10GB", "GB-month"),
    usage: "storedGB",
    allowance: "R2 storage",
  }),
  meter({
    meter: "writes",
    price: price("R2", "class-a-over-1M", "million requests"),
    usage: "objectWrites",
    factor: MILLION,
    allowance: "R2 writes",
  }),
  meter({
    meter: "reads",
    price: price("R2", "class-b-over-10M", "million requests"),
    usage: "objectReads",
    factor: MILLION,
    allowance: "R2 reads",
  }),
];
