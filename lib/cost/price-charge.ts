import { quantityText, timesPrice, exactUsd } from "./money";
import { daysBetween } from "./date";
import { BOUNDS, type Amounts, type EstimateLine, type Gap, type Place } from "./line";
import type { PriceBook, PriceRow } from "./price";
import type { Charge, FixedCharge, MeterPrice, UsageCharge } from "./rule";
import type { Range, UsageKey, UsageSpec } from "./usage";

/** What a charge is priced with. */
export interface Pricing {
  readonly provider: string;
  /** Undefined when the provider has no prices: then nothing but gaps is asked. */
  readonly book: (() => PriceBook) | undefined;
  readonly region: string | undefined;
  readonly usage: UsageSpec;
  readonly asOf: string;
  readonly maxPriceAgeDays: number;
  /** How many of the resource there are. */
  readonly copies: number;
}

/** What became of one charge: a line, a gap, both (a price that is too old), or neither (free). */
export interface Priced {
  readonly line?: EstimateLine;
  readonly gap?: Gap;
}

/** Gives a charge its price, or says why there is none. */
export function priceCharge(charge: Charge, place: Place, pricing: Pricing): Priced {
  switch (charge.kind) {
    case "free":
      return {};
    case "gap":
      return { gap: { ...place, reason: charge.reason, detail: charge.detail, meter: charge.meter } };
    case "fixed":
      return priceQuantity(charge, asRange(charge.quantity), { kind: "fixed", basis: charge.basis }, place, pricing);
    case "usage":
      return priceUsage(charge, place, pricing);
  }
}

function priceUsage(charge: UsageCharge, place: Place, pricing: Pricing): Priced {
  const { profile } = pricing.usage;
  const declared = declaredAt(pricing.usage, place, charge.usage);
  const used = declared ?? profile.quantities[charge.usage];
  if (used === undefined) {
    const detail = `no usage of ${charge.usage} is given: profile ${profile.name} has none; declare it`;
    return { gap: { ...place, reason: "quantity-unknown-at-synth", detail, meter: charge.meter } };
  }
  const factor = charge.factor ?? 1;
  const quantity = { low: used.low * factor, expected: used.expected * factor, high: used.high * factor };
  const basis = `${charge.usage}, ${declared === undefined ? `profile ${profile.name} v${profile.version}` : "declared"}`;
  return priceQuantity(charge, quantity, { kind: declared === undefined ? "usage-assumed" : "usage-declared", basis }, place, pricing);
}

function priceQuantity(
  charge: FixedCharge | UsageCharge,
  quantity: Range,
  how: Pick<EstimateLine, "kind" | "basis">,
  place: Place,
  pricing: Pricing,
): Priced {
  const { meter } = charge;
  if (!BOUNDS.every((bound) => Number.isFinite(quantity[bound]))) {
    return { gap: { ...place, reason: "unbounded", detail: `there is no most (${how.basis}): give a finite limit`, meter } };
  }
  const answer = findPrice(charge.price, pricing);
  if (!("row" in answer)) return { gap: { ...place, ...answer, meter } };
  const line = lineOf(charge, multiply(quantity, pricing.copies), how, place, answer.row, pricing);
  const days = daysBetween(answer.row.date, pricing.asOf);
  if (days <= pricing.maxPriceAgeDays || isNothing(line)) return { line };
  const detail = `the price is of ${answer.row.date}, ${days} days before ${pricing.asOf}; prices may be ${pricing.maxPriceAgeDays} days old`;
  return { line, gap: { ...place, reason: "stale-price", detail, meter } };
}

function findPrice(price: MeterPrice, pricing: Pricing): { row: PriceRow } | Pick<Gap, "reason" | "detail"> {
  const region = price.region ?? pricing.region;
  if (region === undefined)
    return { reason: "region-missing", detail: "the region is known only when Terraform runs: write it as a literal" };
  const what = `${price.service} ${price.sku} per ${price.unit}`;
  const answer = pricing.book?.().find({ ...price, region }) ?? { missing: "price-missing", regions: [] };
  if ("row" in answer) return answer;
  if (answer.missing === "price-missing") return { reason: answer.missing, detail: `no sourced price of ${what}` };
  return { reason: answer.missing, detail: `no sourced price of ${what} in ${region}, only in ${answer.regions.join(", ")}` };
}

function lineOf(
  charge: FixedCharge | UsageCharge,
  quantity: Range,
  how: Pick<EstimateLine, "kind" | "basis">,
  place: Place,
  row: PriceRow,
  { provider, copies }: Pricing,
): EstimateLine {
  return {
    address: place.address,
    path: place.path,
    type: place.type,
    labels: place.labels,
    provider,
    kind: how.kind,
    meter: charge.meter,
    service: row.service,
    sku: row.sku,
    region: row.region,
    unit: row.unit,
    quantity: amounts(quantity, (units) => text(row, units).quantity),
    basis: copies === 1 ? how.basis : `${copies} of: ${how.basis}`,
    unitUsd: row.usd,
    usd: amounts(quantity, (units) => text(row, units).usd),
    priceId: row.id,
    priceDate: row.date,
    grade: row.grade,
    source: row.source,
  };
}

interface Texts {
  readonly quantity: string;
  readonly usd: string;
}

const NOTHING: Texts = { quantity: "0", usd: "0" };

/** Quantity and cost as text, by price and quantity: most lines of a large stack are like another one. */
const texts = new WeakMap<PriceRow, Map<number, Texts>>();

function text(row: PriceRow, units: number): Texts {
  if (units === 0) return NOTHING;
  const known = texts.get(row) ?? new Map<number, Texts>();
  texts.set(row, known);
  const found = known.get(units) ?? { quantity: quantityText(units), usd: exactUsd(timesPrice(row.usd, units)) };
  known.set(units, found);
  return found;
}

/** Whether a line costs nothing at any price, because nothing is used. */
export function isNothing({ quantity }: EstimateLine): boolean {
  return quantity.high === "0";
}

/** The nearest declaration: the address itself, or else the longest path above. */
function declaredAt({ declared }: UsageSpec, place: Place, key: UsageKey): Range | undefined {
  let nearest: { length: number; range: Range } | undefined;
  for (const [at, quantities] of Object.entries(declared)) {
    const range = quantities[key];
    if (range === undefined) continue;
    if (at === place.address) return range;
    const holds = place.path === at || place.path.startsWith(`${at}/`);
    if (holds && at.length > (nearest?.length ?? -1)) nearest = { length: at.length, range };
  }
  return nearest?.range;
}

function asRange(quantity: number | Range): Range {
  return typeof quantity === "number" ? { low: quantity, expected: quantity, high: quantity } : quantity;
}

function multiply(quantity: Range, copies: number): Range {
  return { low: quantity.low * copies, expected: quantity.expected * copies, high: quantity.high * copies };
}

function amounts(quantity: Range, write: (units: number) => string): Amounts {
  const low = write(quantity.low);
  const expected = quantity.expected === quantity.low ? low : write(quantity.expected);
  return { low, expected, high: quantity.high === quantity.expected ? expected : write(quantity.high) };
}
