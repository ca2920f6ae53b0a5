import type { ResourceView } from "../facts/inventory";
import type { LabelSet } from "../labels";
import type { Provider } from "../provider";
import { Check, type KeysOf } from "../spec/check";
import { isDay } from "./date";
import { USAGE_PROPS, usageSpec, type UsageProps, type UsageSpec } from "./usage";

/** Oldest price that counts without a gap, in days before `asOf`. */
const MAX_PRICE_AGE_DAYS = 400;

export interface EstimateOptions {
  /** The day for which prices are judged, YYYY-MM-DD: nothing here reads a clock. */
  readonly asOf: string;
  /**
   * What is assumed and known of the use.
   * @default - profile `idle`
   */
  readonly usage?: UsageProps;
  /**
   * Days after which a price is a `stale-price` gap, 1 or more.
   * @default 400
   */
  readonly maxPriceAgeDays?: number;
  /**
   * Names of allowances of the account that are still unused; they lower net totals only.
   * @default - none
   */
  readonly allowances?: readonly string[];
  /**
   * The labels of the stack.
   * @default - what the resources carry
   */
  readonly labels?: Partial<LabelSet>;
  /**
   * Who a resource belongs to.
   * @default - what it carries, or else what everything around it agrees on
   */
  readonly labelsOf?: (resource: ResourceView) => Partial<LabelSet> | undefined;
}

/** The options after defaults and checks. */
export interface EstimateSpec {
  readonly asOf: string;
  readonly usage: UsageSpec;
  readonly maxPriceAgeDays: number;
  readonly allowances: ReadonlySet<string>;
}

const KNOWN = {
  asOf: true,
  usage: true,
  maxPriceAgeDays: true,
  allowances: true,
  labels: true,
  labelsOf: true,
} satisfies KeysOf<EstimateOptions>;

/** @throws IntentError when an option is wrong, with every problem. */
export function estimateSpec(options: EstimateOptions, providers: readonly Provider[]): EstimateSpec {
  const check = new Check<EstimateOptions>("estimate", options, KNOWN);
  if (!isDay(options?.asOf)) check.issue("asOf", options?.asOf, "a day as YYYY-MM-DD");
  const maxPriceAgeDays = check.integer("maxPriceAgeDays", { min: 1, max: Infinity, default: MAX_PRICE_AGE_DAYS });
  const usage = usageSpec(check.nested("usage", options?.usage ?? {}, USAGE_PROPS), options?.usage ?? {});
  const known = providers.flatMap((provider) => Object.keys(provider.prices?.allowances ?? {}));
  const allowances = check.list<string>("allowances", "a list of names of allowances", []);
  for (const name of allowances) {
    if (!known.includes(name))
      check.issue("allowances", name, known.length === 0 ? "none: the providers know none" : `one of ${known.join(", ")}`);
  }
  return check.done({ asOf: options?.asOf, usage, maxPriceAgeDays, allowances: new Set(allowances) });
}
