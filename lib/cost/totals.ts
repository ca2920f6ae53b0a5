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
  const gross = parseUsd(line.usd[bound]);
  return basis === "net" && line.creditUsd !== undefined ? gross - parseUsd(line.creditUsd[bound]) : gross;
}

export function totalsOf(lines: readonly EstimateLine[]): Totals {
  const each = (value: (bound: Bound) => Usd): Amounts => boundwise((bound) => roundedUsd(value(bound)));
  const fixed = lines.filter((line) => line.kind === "fixed");
  const usage = lines.filter((line) => line.kind !== "fixed");
  return {
    gross: each((bound) => sumOf(lines, bound)),
    net: each((bound) => sumOf(lines, bound, "net")),
    credit: each((bound) => sumOf(lines, bound) - sumOf(lines, bound, "net")),
    fixed: each((bound) => sumOf(fixed, bound)),
    usage: each((bound) => sumOf(usage, bound)),
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
