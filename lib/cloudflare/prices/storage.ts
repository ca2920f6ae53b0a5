import { monthly, unpriced, used } from "../../cost/charges";
import { textOf } from "../../cost/literal";
import type { Charge, PriceRule } from "../../cost/rule";
import type { Inventory, ResourceView } from "../../facts/inventory";
import { durableObjectClasses } from "../durable-objects";
import { BUCKET_METERS, DURABLE_OBJECT_METERS, price, WORKER_METERS } from "./charges";

/** What is paid for by the Workers plan of the account. */
const ON_PLAN: readonly string[] = [
  "cloudflare_worker",
  "cloudflare_workers_script",
  "cloudflare_d1_database",
  "cloudflare_queue",
  "cloudflare_workers_kv_namespace",
];

const PLAN = price("Workers", "paid-plan-minimum", "account-month");

/** The first resource on the plan, by stack. */
const firsts = new WeakMap<Inventory, string | undefined>();

/** The plan of the account stands once in a stack, at the first resource that needs it. */
function planCharges({ address }: ResourceView, inventory: Inventory): readonly Charge[] {
  if (!firsts.has(inventory)) firsts.set(inventory, inventory.resources.find(({ type }) => ON_PLAN.includes(type))?.address);
  return firsts.get(inventory) === address ? [monthly("Workers Paid, for all of the account", PLAN, 1, "1 month")] : [];
}

/** A Worker by its use, with the Durable Objects that it has itself. */
export const priceWorker: PriceRule = (worker, inventory) => [
  ...planCharges(worker, inventory),
  ...WORKER_METERS,
  ...(durableObjectClasses(worker, inventory).length > 0 ? DURABLE_OBJECT_METERS : []),
];

/** A bucket by what it holds; what its rules move to Infrequent Access is counted at the price of standard storage, which is higher. */
export const priceBucket: PriceRule = ({ attributes }) => {
  if (textOf(attributes.storage_class ?? "Standard") === "Standard") return BUCKET_METERS;
  return [
    used("objects held", price("R2", "ia-storage", "GB-month"), "storedGB"),
    unpriced("reads and writes of Infrequent Access, and what is retrieved from it, are not in the book", "requests"),
  ];
};

/** A D1 database by its use. */
export const priceDatabase: PriceRule = (database, inventory) => [
  ...planCharges(database, inventory),
  used("rows read", price("D1", "rows-read-over-25B", "million rows"), "rowReadMillions"),
  used("rows written", price("D1", "rows-written-over-50M", "million rows"), "rowWriteMillions"),
  used("data held", price("D1", "storage-over-5GB", "GB-month"), "storedGB"),
];

const PER_MILLION = 1e-6;

/** A namespace of Workers KV by its use. */
export const priceKeyValueStore: PriceRule = (namespace, inventory) => [
  ...planCharges(namespace, inventory),
  used("reads", price("Workers KV", "reads-over-10M", "million reads"), "objectReads", PER_MILLION),
  used("writes", price("Workers KV", "writes-over-1M", "million writes"), "objectWrites", PER_MILLION),
  used("data held", price("Workers KV", "storage-over-1GB", "GB-month"), "storedGB"),
];

/** Operations of one message: it is written, read and deleted. Source: https://developers.cloudflare.com/queues/platform/pricing/, read 2026-11-21. */
const OPERATIONS = 3;

/** A queue by its messages. */
export const priceQueue: PriceRule = (queue, inventory) => [
  ...planCharges(queue, inventory),
  used("operations", price("Queues", "operations-over-1M", "million operations"), "messageMillions", OPERATIONS),
];
