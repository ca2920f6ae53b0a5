import type { ChangeSource } from "../cost/cheapest-change";
import { estimateSpec } from "../cost/estimate-options";
import { Estimator, type PricedResource } from "../cost/estimator";
import { roundedUsd, type Usd } from "../cost/money";
import { sumOf } from "../cost/totals";
import type { PriceOf } from "./judge-goal";

/**
 * Prices mechanisms with the price books: what a month costs more at most, at list price.
 * Null when a part of it has no price to rely on, unless the resource has that gap already.
 */
export function pricer({ inventory, providers, options }: ChangeSource): PriceOf {
  const estimator = new Estimator(inventory, providers, estimateSpec(options, providers), options);
  return ({ resource, instead, adds = [] }) => {
    const before = estimator.price(resource);
    const after = instead === undefined ? before : estimator.price(resource, instead);
    const added = estimator.price(resource, adds);
    const known = gapsOf(before);
    const open = [...gapsOf(after), ...gapsOf(added)].some((gap) => !known.has(gap));
    return open ? null : roundedUsd(highOf(after) - highOf(before) + highOf(added));
  };
}

function highOf(priced: PricedResource): Usd {
  return priced === "free" ? 0n : sumOf(priced.lines, "high");
}

/** An old price is the same gap for all sizes: the book is as old as it is. */
function gapsOf(priced: PricedResource): ReadonlySet<string> {
  const gaps = priced === "free" ? [] : priced.gaps;
  return new Set(gaps.map(({ reason, meter }) => (reason === "stale-price" ? reason : `${reason} ${meter ?? ""}`)));
}
