import { BOUNDS, type Amounts, type Bound, type EstimateLine } from "./line";
import { exactUsd, parseUsd, roundedUsd, timesPrice, type Usd } from "./money";
import type { Allowance } from "./rule";

/** Totals of a month in USD, rounded once to cents. */
export interface Totals {
  /** At list price. */
  readonly gross: Amounts;
  /** After the allowances that were named. */
  readonly net: Amounts;
  /** What the named allowances take off. */
  readonly credit: Amounts;
  /** The part of gross that follows from what is created. */
  readonly fixed: Amounts;
  /** The part of gross that follows from use. */
  readonly usage: Amounts;
}

/** What is summed: list prices, or list prices less named allowances. */
export type Basis = "gross" | "net";

/** The exact sum of lines. */
export function sumOf(lines: Iterable<EstimateLine>, bound: Bound, basis: Basis = "gross"): Usd {
  let total = 0n;
  for (const line of lines) total += lineUsd(line, bound, basis);
  return total;
}

/** The exact cost of one line. */
export function lineUsd(line: EstimateLine, bound: Bound, basis: Basis): Usd {
  const gross = amountOf(line.usd, bound);
  return basis === "net" && line.creditUsd !== undefined ? gross - amountOf(line.creditUsd, bound) : gross;
}

function amountOf(amounts: Amounts, bound: Bound): Usd {
  const text = amounts[bound];
  return text === "0" ? 0n : parseUsd(text);
}

/** All sums in one pass: a stack may have tens of thousands of lines. */
export function totalsOf(lines: readonly EstimateLine[]): Totals {
  const zero = (): Record<Bound, Usd> => ({ low: 0n, expected: 0n, high: 0n });
  const [fixed, usage, credit] = [zero(), zero(), zero()];
  for (const line of lines) {
    const part = line.kind === "fixed" ? fixed : usage;
    for (const bound of BOUNDS) {
      part[bound] += amountOf(line.usd, bound);
      if (line.creditUsd !== undefined) credit[bound] += amountOf(line.creditUsd, bound);
    }
  }
  const rounded = (value: (bound: Bound) => Usd): Amounts => boundwise((bound) => roundedUsd(value(bound)));
  return {
    gross: rounded((bound) => fixed[bound] + usage[bound]),
    net: rounded((bound) => fixed[bound] + usage[bound] - credit[bound]),
    credit: rounded((bound) => credit[bound]),
    fixed: rounded((bound) => fixed[bound]),
    usage: rounded((bound) => usage[bound]),
  };
}

/** Takes an allowance off the lines that count towards it, in their order, until it is used up. */
export function creditLines(
  lines: readonly EstimateLine[],
  allowanceOf: (line: EstimateLine) => { readonly name: string; readonly allowance: Allowance } | undefined,
): EstimateLine[] {
  const left = new Map<string, Record<Bound, number>>();
  return lines.map((line) => {
    const named = allowanceOf(line);
    if (named === undefined) return line;
    const { name, allowance } = named;
    const key = allowance.scope === "resource" ? `${name} ${line.address}` : name;
    const rest = left.get(key) ?? { low: allowance.quantity, expected: allowance.quantity, high: allowance.quantity };
    left.set(key, rest);
    const creditUsd = boundwise((bound) => {
      const taken = Math.min(rest[bound], Number(line.quantity[bound]));
      rest[bound] -= taken;
      return exactUsd(timesPrice(line.unitUsd, taken));
    });
    return { ...line, creditUsd };
  });
}

function boundwise(value: (bound: Bound) => string): Amounts {
  return Object.fromEntries(BOUNDS.map((bound) => [bound, value(bound)])) as unknown as Amounts;
}
