import type { ChangeSource } from "../cost/cheapest-change";
import { estimateSpec } from "../cost/estimate-options";
import { Estimator, type PricedResource } from "../cost/estimator";
import { roundedUsd, type Usd } from "../cost/money";
import { sumOf } from "../cost/totals";
import type { Charge } from "../cost/rule";
import type { PriceOf } from "./judge-goal";

/** Prices mechanisms with the price books: what a month costs more at most, at list price. Null when part of it has no price, or an old one only. */
export function pricer({ inventory, providers, options }: ChangeSource): PriceOf {
  const estimator = new Estimator(inventory, providers, estimateSpec(options, providers), options);
  return ({ resource, instead, adds }) => {
    const high = (charges?: readonly Charge[]): Usd | null => highOf(estimator.price(resource, charges));
    const [before, after, added] = [high(), high(instead), adds === undefined ? 0n : high(adds)];
    return before === null || after === null || added === null ? null : roundedUsd(after - before + added);
  };
}

function highOf(priced: PricedResource): Usd | null {
  if (priced === "free") return 0n;
  return priced.gaps.length > 0 ? null : sumOf(priced.lines, "high");
}
