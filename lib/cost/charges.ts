import { asList, type Inventory, type ResourceView } from "../facts/inventory";
import { MONTH_HOURS } from "./price";
import type { Charge, FixedCharge, GapCharge, MeterPrice, UsageCharge } from "./rule";
import { isExpression, numberOf } from "./literal";
import type { Range, UsageKey } from "./usage";

/** Hours of a mean month. */
export const HOURS = MONTH_HOURS.mean;

/** A charge for something that is there all month, by the hour. */
export function hourly(meter: string, price: MeterPrice, count: number | Range = 1, of = "1"): FixedCharge {
  return { kind: "fixed", meter, price, quantity: times(count, HOURS), basis: `${of} x ${HOURS} h` };
}

/** A charge for something that is there, by the month. */
export function monthly(meter: string, price: MeterPrice, count: number | Range = 1, basis = "1"): FixedCharge {
  return { kind: "fixed", meter, price, quantity: count, basis };
}

export function used(meter: string, price: MeterPrice, usage: UsageKey, factor = 1): UsageCharge {
  return { kind: "usage", meter, price, usage, factor };
}

export function free(reason: string): Charge {
  return { kind: "free", reason };
}

/** The provider charges for it, but the price book has no price. */
export function unpriced(detail: string, meter?: string): GapCharge {
  return { kind: "gap", reason: "price-missing", detail, meter };
}

/** What decides the charge is known only when Terraform runs. */
export function unknown(detail: string, meter?: string): GapCharge {
  return { kind: "gap", reason: "quantity-unknown-at-synth", detail, meter };
}

export function times(count: number | Range, factor: number): number | Range {
  if (typeof count === "number") return count * factor;
  return { low: count.low * factor, expected: count.expected * factor, high: count.high * factor };
}

/** The most that there may be; Infinity when nothing sets a limit. */
export function limitOf(value: unknown): number | "unknown" {
  if (isExpression(value)) return "unknown";
  const number = numberOf(value);
  return typeof number === "number" && number >= 0 ? number : Infinity;
}

/** How many entries a list has; `unknown` when it is written as an expression. */
export function lengthOf(value: unknown): number | "unknown" {
  return isExpression(value) ? "unknown" : asList(value).length;
}

/** The resource that an attribute refers to, or the resource itself. */
export function referredOr(resource: ResourceView, attribute: string, inventory: Inventory): ResourceView {
  return inventory.referred(resource.attributes[attribute]) ?? resource;
}
