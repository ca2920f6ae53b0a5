import type { LabelSet } from "../labels";
import type { Grade } from "./price";
import type { GapReason } from "./rule";

/** By what cost is divided. */
export const ALLOCATION_KEYS = [
  "owner",
  "project",
  "environment",
  "costCenter",
  "agentId",
  "layer",
] as const satisfies readonly (keyof LabelSet)[];

export type AllocationKey = (typeof ALLOCATION_KEYS)[number];

/** Who a line belongs to. */
export type LineLabels = Readonly<Partial<Record<AllocationKey, string>>>;

/** At least, likely, at most; as exact decimal text. */
export interface Amounts {
  readonly low: string;
  readonly expected: string;
  readonly high: string;
}

export type Bound = keyof Amounts;

export const BOUNDS: readonly Bound[] = ["low", "expected", "high"];

/** Where something is in the stack. */
export interface Place {
  /** Terraform address. */
  readonly address: string;
  /** Path of the construct that made it. */
  readonly path: string;
  /** Terraform resource type. */
  readonly type: string;
  readonly labels: LineLabels;
}

/** One thing that is charged for. */
export interface EstimateLine extends Place {
  readonly provider: string;
  /** `fixed` follows from what is created; the others from an assumption of the profile, or from what was declared. */
  readonly kind: "fixed" | "usage-assumed" | "usage-declared";
  /** What is counted, in words. */
  readonly meter: string;
  readonly service: string;
  readonly sku: string;
  readonly region: string;
  readonly unit: string;
  /** Units a month. */
  readonly quantity: Amounts;
  /** How the quantity comes about. */
  readonly basis: string;
  /** Price of one unit. */
  readonly unitUsd: string;
  /** Exact cost of a month, at list price. */
  readonly usd: Amounts;
  /** What a named allowance takes off; present only when one does. */
  readonly creditUsd?: Amounts;
  /** Row of the price book. */
  readonly priceId: string;
  /** When the price was true. */
  readonly priceDate: string;
  readonly grade: Grade;
  readonly source: string;
}

/** One thing that has no price, or none to rely on. */
export interface Gap extends Place {
  readonly reason: GapReason;
  /** What is missing and how to get it. */
  readonly detail: string;
  readonly meter?: string;
}
