import type { Inventory } from "../facts/inventory";
import type { Provider } from "../provider";
import { estimateSpec, type EstimateOptions } from "./estimate-options";
import { Estimator } from "./estimator";
import { firstDay } from "./date";
import type { EstimateLine, Gap } from "./line";
import type { Allowance } from "./rule";
import { creditLines, totalsOf, type Totals } from "./totals";
import type { UsageProfile } from "./usage";

/** Version of the estimate's shape; it rises with every change that a reader could notice. */
export const ESTIMATE_VERSION = 1;

/** Where the prices of one provider come from. */
export interface BookHeader {
  readonly provider: string;
  readonly bookVersion: string;
  /** The newest day on which a price in it was true. */
  readonly asOf: string;
}

/** What a stack costs a month, line by line, and what could not be priced. Plain JSON. */
export interface Estimate {
  readonly estimateVersion: typeof ESTIMATE_VERSION;
  /** The day for which it holds. */
  readonly asOf: string;
  readonly currency: "USD";
  readonly books: readonly BookHeader[];
  /** The assumptions on use, in full. */
  readonly usage: UsageProfile;
  readonly lines: readonly EstimateLine[];
  readonly gaps: readonly Gap[];
  /** Number of resources that cost nothing by themselves, by type. */
  readonly free: Readonly<Record<string, number>>;
  /** The sums of the lines; null when nothing could be priced though something should have been. */
  readonly totals: Totals | null;
  /** Whether everything has a price to rely on: no gap. */
  readonly complete: boolean;
  /** The oldest and the newest price that was used. */
  readonly priceDates?: { readonly oldest: string; readonly newest: string };
  /** What no line stands for. */
  readonly notCovered: readonly string[];
}

/**
 * Estimates what the resources of a stack cost a month: from the final JSON alone, without network or clock.
 * @throws IntentError when an option is wrong, with every problem.
 */
export function estimate(inventory: Inventory, providers: readonly Provider[], options: EstimateOptions): Estimate {
  const spec = estimateSpec(options, providers);
  const estimator = new Estimator(inventory, providers, spec, options);
  const found: EstimateLine[] = [];
  const gaps: Gap[] = modulesOf(inventory);
  const free: Record<string, number> = {};
  for (const resource of inventory.resources) {
    const priced = estimator.price(resource);
    if (priced === "free") {
      free[resource.type] = (free[resource.type] ?? 0) + 1;
      continue;
    }
    found.push(...priced.lines);
    gaps.push(...priced.gaps);
  }
  const lines = spec.allowances.size === 0 ? found : credited(found, estimator, providers);
  return {
    estimateVersion: ESTIMATE_VERSION,
    asOf: spec.asOf,
    currency: "USD",
    books: booksOf(lines, providers),
    usage: spec.usage.profile,
    lines,
    gaps,
    free,
    totals: lines.length === 0 && gaps.length > 0 ? null : totalsOf(lines),
    complete: gaps.length === 0,
    priceDates: datesOf(lines),
    notCovered: providers.flatMap((provider) => provider.prices?.notCovered ?? []),
  };
}

function modulesOf({ json }: Inventory): Gap[] {
  return Object.keys((json.module as object | undefined) ?? {}).map((name) => {
    const address = `module.${name}`;
    const detail = "what is in a module is not seen at synth: use resources instead, or accept it";
    return { address, path: address, type: "module", labels: {}, reason: "no-rule-for-type", detail };
  });
}

function credited(lines: readonly EstimateLine[], estimator: Estimator, providers: readonly Provider[]): readonly EstimateLine[] {
  const known = Object.assign({}, ...providers.map((provider) => provider.prices?.allowances)) as Record<string, Allowance>;
  return creditLines(lines, (line) => {
    const name = estimator.allowanceOf(line);
    return name === undefined ? undefined : { name, allowance: known[name] as Allowance };
  });
}

function booksOf(lines: readonly EstimateLine[], providers: readonly Provider[]): readonly BookHeader[] {
  const used = new Set(lines.map((line) => line.provider));
  return providers.flatMap(({ name, prices }) => {
    if (prices === undefined || !used.has(name)) return [];
    const { bookVersion, asOf } = prices.book().file;
    return [{ provider: name, bookVersion, asOf }];
  });
}

function datesOf(lines: readonly EstimateLine[]): Estimate["priceDates"] {
  if (lines.length === 0) return undefined;
  const dates = [...new Set(lines.map((line) => line.priceDate))].sort((one, other) => firstDay(one).localeCompare(firstDay(other)));
  return { oldest: dates[0] as string, newest: dates.at(-1) as string };
}
