import type { AllocationKey, Bound, EstimateLine } from "./line";
import { ALLOCATION_KEYS } from "./line";
import { centsOf, centsText, exactUsd, largestFirst, sum, type Usd } from "./money";
import { lineUsd, type Basis } from "./totals";

/** What one value of a label costs. */
export interface Share {
  /** The value; null for what belongs to nobody alone: it is shared. */
  readonly value: string | null;
  /** Exact cost of a month. */
  readonly exactUsd: string;
  /** In whole cents; the shares of a label add up to the total, because the cents that rounding leaves go to the largest remainders. */
  readonly usd: string;
}

/** Cost by every label; each list adds up to the same total. Largest first, shared last. */
export type Allocation = Readonly<Record<AllocationKey, readonly Share[]>>;

/** Divides cost among owners, projects, environments, cost centers, agents and layers. */
export function allocate(lines: readonly EstimateLine[], bound: Bound = "high", basis: Basis = "gross"): Allocation {
  const sums = new Map<AllocationKey, Map<string | null, Usd>>(ALLOCATION_KEYS.map((key) => [key, new Map()]));
  for (const line of lines) {
    const amount = lineUsd(line, bound, basis);
    for (const [key, byValue] of sums) {
      const value = line.labels[key] ?? null;
      byValue.set(value, (byValue.get(value) ?? 0n) + amount);
    }
  }
  return Object.fromEntries([...sums].map(([key, byValue]) => [key, shares(byValue)])) as unknown as Allocation;
}

function shares(byValue: ReadonlyMap<string | null, Usd>): readonly Share[] {
  const entries = [...byValue].sort(sharedLast);
  const cents = apportion(entries.map(([, amount]) => amount));
  return entries.map(([value, amount], index) => ({ value, exactUsd: exactUsd(amount), usd: centsText(cents[index] ?? 0n) }));
}

function sharedLast([one, oneUsd]: [string | null, Usd], [other, otherUsd]: [string | null, Usd]): number {
  if (one === null || other === null) return one === null ? 1 : -1;
  if (oneUsd !== otherUsd) return largestFirst(oneUsd, otherUsd);
  return one < other ? -1 : 1;
}

const CENT = 10n ** 16n;

/** Whole cents that add up to the rounded total. */
function apportion(amounts: readonly Usd[]): bigint[] {
  const cents = amounts.map((amount) => amount / CENT);
  let left = centsOf(sum(amounts)) - sum(cents);
  const byRemainder = amounts
    .map((amount, index) => ({ index, rest: amount % CENT }))
    .sort((one, other) => largestFirst(one.rest, other.rest));
  for (const { index } of byRemainder) {
    if (left <= 0n) break;
    cents[index] = (cents[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return cents;
}
