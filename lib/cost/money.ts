/**
 * Exact money: whole multiples of 1e-18 USD. A unit price has at most 12 decimals and a quantity at most 6, so that their product is exact.
 * Sums stay exact too; rounding happens once, when a total is shown.
 */
export type Usd = bigint;

const PRICE_DECIMALS = 12;
const QUANTITY_DECIMALS = 6;
const DECIMALS = PRICE_DECIMALS + QUANTITY_DECIMALS;
const ONE = 10n ** BigInt(DECIMALS);
const CENT = ONE / 100n;

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Reads an exact decimal such as `0.0416`. @throws RangeError when it is no decimal or has more decimals than are kept. */
export function parseUsd(text: string): Usd {
  return scaled(text, DECIMALS);
}

/** Unit price times quantity, without rounding. @throws RangeError when the price has more than 12 decimals. */
export function timesPrice(unitPrice: string, quantity: number): Usd {
  return scaled(unitPrice, PRICE_DECIMALS) * micro(quantity);
}

/** Whether text is a price that can be kept exactly: not negative, at most 12 decimals. */
export function isPrice(text: string): boolean {
  return /^\d+(\.\d{1,12})?$/.test(text);
}

/** All digits, without needless zeros: `30.368`. */
export function exactUsd(amount: Usd): string {
  const digits = fixed(amount, DECIMALS);
  return digits.replace(/\.?0+$/, "");
}

/** Whole cents, rounded half up (away from zero), as a whole number. */
export function centsOf(amount: Usd): bigint {
  const half = amount < 0n ? -CENT / 2n : CENT / 2n;
  return (amount + half) / CENT;
}

/** Cents as text: `17.51`. */
export function centsText(cents: bigint): string {
  return fixed(cents, 2);
}

/** Rounded to cents as text. */
export function roundedUsd(amount: Usd): string {
  return centsText(centsOf(amount));
}

/** A quantity as text, with at most 6 decimals. */
export function quantityText(quantity: number): string {
  return fixed(micro(quantity), QUANTITY_DECIMALS).replace(/\.?0+$/, "");
}

/** The exact sum. */
export function sum(amounts: Iterable<Usd>): Usd {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

/** Order of amounts from large to small. */
export function largestFirst(one: Usd, other: Usd): number {
  return one === other ? 0 : one > other ? -1 : 1;
}

function micro(quantity: number): bigint {
  if (!Number.isFinite(quantity)) throw new RangeError(`a quantity has to be finite, got ${quantity}`);
  const millionfold = Math.round(quantity * 10 ** QUANTITY_DECIMALS);
  return Number.isSafeInteger(millionfold) ? BigInt(millionfold) : BigInt(Math.round(quantity)) * 10n ** BigInt(QUANTITY_DECIMALS);
}

function scaled(text: string, decimals: number): bigint {
  const [, sign, whole, fraction = ""] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`${JSON.stringify(text)} is no decimal number`);
  if (fraction.length > decimals) throw new RangeError(`${text} has more than ${decimals} decimals`);
  const amount = BigInt(whole + fraction.padEnd(decimals, "0"));
  return sign === "-" ? -amount : amount;
}

function fixed(amount: bigint, decimals: number): string {
  const sign = amount < 0n ? "-" : "";
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, "0");
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
