import type { Inventory, ResourceView } from "../facts/inventory";
import type { Provider } from "../provider";
import { estimateSpec, type EstimateOptions } from "./estimate-options";
import { Estimator, type PricedResource } from "./estimator";
import type { Bound, EstimateLine } from "./line";
import { centsOf, largestFirst, roundedUsd, sum, type Usd } from "./money";
import type { Change } from "./rule";
import { lineUsd, sumOf, type Basis } from "./totals";

/** What an estimate was made from. */
export interface ChangeSource {
  readonly inventory: Inventory;
  readonly providers: readonly Provider[];
  readonly options: EstimateOptions;
}

/** The same change at one place or at several. */
export interface ProposedChange {
  readonly change: string;
  /** What is lost by it. */
  readonly loses?: string;
  readonly addresses: readonly string[];
}

/** What would make it fit, and what it costs then; without `fits`, the least that the price book knows. */
export interface CheapestChange {
  readonly fits: boolean;
  readonly changes: readonly ProposedChange[];
  /** What a month costs then. */
  readonly usd: string;
}

interface Goal {
  readonly total: Usd;
  readonly cap: bigint;
  readonly bound: Bound;
  readonly basis: Basis;
}

interface Option extends ProposedChange {
  readonly saves: Usd;
}

/** Resources that are tried, the dearest first: more would take long and change little. */
const MOST_TRIED = 2000;

/**
 * Tries every cheaper way that the providers know, each alone and for all resources that it can be done for.
 * Taken is what fits and keeps most: without loss before with loss, then the one that comes closest to the cap. When none fits alone, the largest
 * savings are put together.
 */
export function cheapestChange(source: ChangeSource, lines: readonly EstimateLine[], goal: Goal): CheapestChange {
  const options = optionsFor(source, lines, goal);
  const [best] = options.filter((option) => fits([option], goal)).sort(keepsMost);
  if (best !== undefined) return { fits: true, changes: [proposed(best)], usd: roundedUsd(after([best], goal)) };
  return together(options, goal);
}

function optionsFor(source: ChangeSource, lines: readonly EstimateLine[], goal: Goal): readonly Option[] {
  const { inventory, providers, options } = source;
  const trial: Trial = {
    inventory,
    estimator: new Estimator(inventory, providers, estimateSpec(options, providers), options),
    resources: new Map(inventory.resources.map((resource) => [resource.address, resource])),
    costs: costsByAddress(lines, goal),
    goal,
  };
  const single = [...trial.costs]
    .sort(([, one], [, other]) => largestFirst(one, other))
    .flatMap(([address]) => trial.resources.get(address) ?? [])
    .filter((resource) => trial.estimator.pricesOf(resource)?.changes?.[resource.type] !== undefined)
    .slice(0, MOST_TRIED)
    .flatMap((resource) => tried(resource, trial));
  return [...single, ...grouped(single)];
}

interface Trial {
  readonly inventory: Inventory;
  readonly estimator: Estimator;
  readonly resources: ReadonlyMap<string, ResourceView>;
  /** What each address costs now. */
  readonly costs: ReadonlyMap<string, Usd>;
  readonly goal: Goal;
}

function costsByAddress(lines: readonly EstimateLine[], { bound, basis }: Goal): ReadonlyMap<string, Usd> {
  const costs = new Map<string, Usd>();
  for (const line of lines) costs.set(line.address, (costs.get(line.address) ?? 0n) + lineUsd(line, bound, basis));
  return costs;
}

/** The changes of a resource that save something and lead to no gap that is not there already. */
function tried(resource: ResourceView, trial: Trial): Option[] {
  const { estimator, inventory } = trial;
  const prices = estimator.pricesOf(resource);
  const rule = prices?.changes?.[resource.type];
  if (prices === undefined || rule === undefined) return [];
  const known = new Map<string, ReadonlySet<string>>();
  return rule(resource, inventory, { region: estimator.regionOf(resource), book: prices.book() }).flatMap((change) => {
    const saves = saved(change, trial, known);
    return saves === undefined || saves <= 0n ? [] : [{ ...change, addresses: Object.keys(change.instead), saves }];
  });
}

function saved(
  { instead }: Change,
  { estimator, resources, costs, goal }: Trial,
  known: Map<string, ReadonlySet<string>>,
): Usd | undefined {
  let saves = 0n;
  for (const [address, charges] of Object.entries(instead)) {
    const resource = resources.get(address);
    if (resource === undefined) return undefined;
    saves += costs.get(address) ?? 0n;
    const then = estimator.price(resource, charges);
    if (then === "free") continue;
    const gaps = known.get(address) ?? gapsOf(estimator.price(resource));
    known.set(address, gaps);
    if ([...gapsOf(then)].some((gap) => !gaps.has(gap))) return undefined;
    saves -= sumOf(then.lines, goal.bound);
  }
  return saves;
}

/** Old prices are one gap, whatever they are of: another size has another meter, and the book is as old as it is. */
function gapsOf(priced: PricedResource): ReadonlySet<string> {
  const gaps = priced === "free" ? [] : priced.gaps;
  return new Set(gaps.map(({ reason, meter }) => (reason === "stale-price" ? reason : `${reason} ${meter ?? ""}`)));
}

/** The same change at all resources of a type for which it is possible. */
function grouped(single: readonly Option[]): Option[] {
  const byChange = new Map<string, Option[]>();
  for (const option of single) {
    const key = `${typeOf(option)} ${option.change}`;
    const group = byChange.get(key);
    if (group === undefined) byChange.set(key, [option]);
    else group.push(option);
  }
  return [...byChange.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      ...(group[0] as Option),
      addresses: group.flatMap((option) => option.addresses),
      saves: sum(group.map((option) => option.saves)),
    }));
}

function typeOf({ addresses }: Option): string {
  return (addresses[0] ?? "").split(".")[0] ?? "";
}

function keepsMost(one: Option, other: Option): number {
  if ((one.loses === undefined) !== (other.loses === undefined)) return one.loses === undefined ? -1 : 1;
  if (one.saves !== other.saves) return one.saves < other.saves ? -1 : 1;
  return one.addresses.length - other.addresses.length;
}

/** The largest savings together, one for each address, until it fits; then each is made as mild as it may be. */
function together(options: readonly Option[], goal: Goal): CheapestChange {
  const taken: Option[] = [];
  const changed = new Set<string>();
  for (const option of [...options].sort((one, other) => largestFirst(one.saves, other.saves))) {
    if (fits(taken, goal)) break;
    if (option.addresses.some((address) => changed.has(address))) continue;
    option.addresses.forEach((address) => changed.add(address));
    taken.push(option);
  }
  const changes = fits(taken, goal) ? milder(taken, options, goal) : taken;
  return { fits: fits(taken, goal), changes: changes.map(proposed), usd: roundedUsd(after(changes, goal)) };
}

/** The same places, with what keeps most and still fits; the largest saving gives way first. */
function milder(taken: readonly Option[], options: readonly Option[], goal: Goal): readonly Option[] {
  const chosen = [...taken];
  for (const [index, { addresses }] of taken.entries()) {
    const where = addresses.join();
    const others = chosen.filter((_, other) => other !== index);
    const fitting = options.filter((option) => option.addresses.join() === where && fits([...others, option], goal));
    chosen.splice(index, 1, ...fitting.sort(keepsMost).slice(0, 1));
  }
  return chosen;
}

function after(changes: readonly Option[], { total }: Goal): Usd {
  return total - sum(changes.map((option) => option.saves));
}

function fits(changes: readonly Option[], goal: Goal): boolean {
  return centsOf(after(changes, goal)) <= goal.cap;
}

function proposed({ change, loses, addresses }: Option): ProposedChange {
  return loses === undefined ? { change, addresses } : { change, loses, addresses };
}
