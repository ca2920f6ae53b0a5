import type { Inventory, ResourceView } from "../facts/inventory";
import type { PriceBook, PriceKey } from "./price";
import type { Range, UsageKey } from "./usage";

/**
 * Why something has no price. `quantity-unknown-at-synth`: how much there will be is known only when Terraform runs, or no usage was given;
 * `unbounded`: there is no most; `stale-price`: there is a price, but it is too old.
 */
export type GapReason = "no-rule-for-type" | "price-missing" | "region-missing" | "quantity-unknown-at-synth" | "unbounded" | "stale-price";

/** What a charge is priced by; the region is the resource's unless said otherwise. */
export type MeterPrice = Omit<PriceKey, "region"> & { readonly region?: string };

/** A charge that follows from what is created. */
export interface FixedCharge {
  readonly kind: "fixed";
  /** What is counted, in words: `public IPv4 address`. */
  readonly meter: string;
  readonly price: MeterPrice;
  /** Units a month; `Infinity` where there is no most. */
  readonly quantity: number | Range;
  /** How the quantity comes about: `2 tasks x 0.25 vCPU x 730 h`. */
  readonly basis: string;
  /** Name of the provider's allowance that this counts towards. */
  readonly allowance?: string;
}

/** A charge that follows from use. */
export interface UsageCharge {
  readonly kind: "usage";
  readonly meter: string;
  readonly price: MeterPrice;
  readonly usage: UsageKey;
  /** How many units one unit of the usage makes. @default 1 */
  readonly factor?: number;
  readonly allowance?: string;
}

/** Why something is not charged. */
export interface FreeCharge {
  readonly kind: "free";
  readonly reason: string;
}

/** What cannot be priced, and why. */
export interface GapCharge {
  readonly kind: "gap";
  readonly reason: GapReason;
  readonly detail: string;
  readonly meter?: string;
}

/** One thing that a resource is charged for. */
export type Charge = FixedCharge | UsageCharge | FreeCharge | GapCharge;

/** Where a resource is. */
export interface PriceContext {
  /** Undefined when it is known only when Terraform runs. */
  readonly region: string | undefined;
}

/** What one resource of a type is charged for: pure, and without prices. */
export type PriceRule = (resource: ResourceView, inventory: Inventory, context: PriceContext) => readonly Charge[];

/** Another way to have what a resource is for. */
export interface Change {
  /** What to change, in the user's words, the same for all resources that can be changed in the same way. */
  readonly change: string;
  /** What is lost by it. */
  readonly loses?: string;
  /** The charges that take the place of those of a resource, by address. */
  readonly instead: Readonly<Record<string, readonly Charge[]>>;
}

/** Cheaper ways that a price book knows of. */
export type ChangeRule = (
  resource: ResourceView,
  inventory: Inventory,
  context: PriceContext & { readonly book: PriceBook },
) => readonly Change[];

/** A quantity that a provider gives to an account at no charge; it is counted in net totals only, and only when it is named. */
export interface Allowance {
  /** Units a month. */
  readonly quantity: number;
  readonly scope: "account" | "team" | "resource";
  readonly source: string;
}

/** How a provider charges. It is data. */
export interface ProviderPrices {
  /** By Terraform resource type. */
  readonly rules: Readonly<Record<string, PriceRule>>;
  /** Types that cost nothing by themselves, with the reason. */
  readonly free: Readonly<Record<string, string>>;
  /** Cheaper ways, by Terraform resource type. */
  readonly changes?: Readonly<Record<string, ChangeRule>>;
  /** By name. */
  readonly allowances?: Readonly<Record<string, Allowance>>;
  /** What no estimate of this provider holds. */
  readonly notCovered: readonly string[];
  /** The prices; read from disk when first asked for. */
  book(): PriceBook;
  /** The region of a resource; undefined when it is known only when Terraform runs. */
  regionOf(resource: ResourceView, inventory: Inventory): string | undefined;
}
