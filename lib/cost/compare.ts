import type { Estimate } from "./estimate";
import { centsOf, centsText, roundedUsd } from "./money";
import { isNothing } from "./price-charge";
import { sumOf } from "./totals";

/** What a side is able to do; only equal ones are compared. */
export interface Capabilities {
  /** `continuous`: runs all the time. `job`: runs and ends, so it is no place for something that has to be there. */
  readonly runtime: "continuous" | "job";
  readonly vcpus: number;
  readonly memoryGiB: number;
  readonly storageGiB: number;
  /** Zones that it goes on in when one fails. */
  readonly zones: number;
  readonly ingress: "none" | "private" | "public";
  readonly database: "none" | "one-zone" | "two-zones";
  readonly egress: "none" | "direct" | "shared-address";
}

/** One side of a comparison. */
export interface Candidate {
  readonly name: string;
  readonly estimate: Estimate;
  readonly capabilities: Capabilities;
}

/** What a side costs, and how far that can be relied on. */
export interface ComparedSide {
  readonly name: string;
  readonly grossUsd: string | null;
  readonly netUsd: string | null;
  readonly complete: boolean;
  readonly gaps: readonly { readonly address: string; readonly reason: string; readonly detail: string }[];
  readonly priceDates?: Estimate["priceDates"];
}

/** How the cost of one side stands to the other's. */
export interface Difference {
  readonly of: string;
  readonly against: string;
  /** Gross difference of a month; negative when `of` is cheaper. */
  readonly usd: string;
  /** Rounded to a tenth of a percent; negative when `of` is cheaper. */
  readonly percent: string;
  /** How the percentage comes about, with both totals and the dates of their prices. */
  readonly formula: string;
}

export type RefusalReason =
  "same-name" | "capabilities-differ" | "incomplete" | "no-cost" | "usage-differs" | "dates-differ" | "weak-price";

/** Why there is no percentage. */
export interface ComparisonRefusal {
  readonly reason: RefusalReason;
  readonly detail: string;
}

/** Two sides, and either their difference or why there is none. */
export type Comparison = {
  readonly sides: readonly [ComparedSide, ComparedSide];
} & ({ readonly difference: Difference } | { readonly refused: readonly ComparisonRefusal[] });

/**
 * Compares what two candidates cost a month, gross and expected. A difference is given only when both can do the same, both totals are complete,
 * and both rest on the same day and the same assumptions; otherwise every reason is named.
 */
export function compareCosts(one: Candidate, other: Candidate): Comparison {
  const sides = [sideOf(one), sideOf(other)] as const;
  const refused = refusals(one, other);
  return refused.length > 0 ? { sides, refused } : { sides, difference: differenceOf(one, other) };
}

function sideOf({ name, estimate }: Candidate): ComparedSide {
  const { totals, complete, gaps, priceDates } = estimate;
  return {
    name,
    grossUsd: totals?.gross.expected ?? null,
    netUsd: totals?.net.expected ?? null,
    complete,
    gaps: gaps.map(({ address, reason, detail }) => ({ address, reason, detail })),
    priceDates,
  };
}

function refusals(one: Candidate, other: Candidate): ComparisonRefusal[] {
  const both = [one, other];
  const refused: ComparisonRefusal[] = [];
  if (one.name === other.name) refused.push({ reason: "same-name", detail: `both are called ${one.name}` });
  const keys = Object.keys(one.capabilities) as (keyof Capabilities)[];
  const different = keys.filter((key) => one.capabilities[key] !== other.capabilities[key]);
  if (different.length > 0)
    refused.push({ reason: "capabilities-differ", detail: different.map((key) => difference(key, one, other)).join("; ") });
  for (const { name, estimate } of both) {
    const count = estimate.gaps.length;
    if (!estimate.complete)
      refused.push({ reason: "incomplete", detail: `${name} has ${count} thing${count === 1 ? "" : "s"} without a price to rely on` });
    else if (sumOf(estimate.lines, "expected") === 0n)
      refused.push({ reason: "no-cost", detail: `${name} has nothing that is charged for` });
    const weak = estimate.lines.find((line) => line.grade === "C" && !isNothing(line));
    if (weak !== undefined) refused.push({ reason: "weak-price", detail: `${name} rests on ${weak.priceId}, a price of grade C` });
  }
  if (one.estimate.asOf !== other.estimate.asOf) {
    refused.push({ reason: "dates-differ", detail: `${one.name} is of ${one.estimate.asOf}, ${other.name} of ${other.estimate.asOf}` });
  }
  const [mine, theirs] = both.map(({ estimate }) => `${estimate.usage.name} v${estimate.usage.version}`);
  if (JSON.stringify(one.estimate.usage) !== JSON.stringify(other.estimate.usage)) {
    refused.push({ reason: "usage-differs", detail: `${one.name} assumes ${mine}, ${other.name} ${theirs}` });
  }
  return refused;
}

function difference(key: keyof Capabilities, one: Candidate, other: Candidate): string {
  return `${key}: ${one.name} ${one.capabilities[key]}, ${other.name} ${other.capabilities[key]}`;
}

function differenceOf(one: Candidate, other: Candidate): Difference {
  const [mine, theirs] = [one, other].map(({ estimate }) => sumOf(estimate.lines, "expected")) as [bigint, bigint];
  const percent = centsText(roundedRatio((mine - theirs) * 100n * 10n, theirs) * 10n).replace(/\d$/, "");
  const dated = (candidate: Candidate, usd: bigint) =>
    `${candidate.name} ${roundedUsd(usd)} (prices of ${candidate.estimate.priceDates?.oldest} to ${candidate.estimate.priceDates?.newest})`;
  return {
    of: one.name,
    against: other.name,
    usd: centsText(centsOf(mine) - centsOf(theirs)),
    percent,
    formula: `(${dated(one, mine)} - ${dated(other, theirs)}) / ${roundedUsd(theirs)}`,
  };
}

/** Divides and rounds half away from zero. */
function roundedRatio(numerator: bigint, denominator: bigint): bigint {
  const half = numerator < 0n ? -denominator / 2n : denominator / 2n;
  return (numerator + half) / denominator;
}
