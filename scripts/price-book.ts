import { createHash } from "node:crypto";
import { firstDay, isDate } from "../lib/cost/date";
import { isPrice } from "../lib/cost/money";
import { GRADES, type BookFile, type Grade, type PriceRow } from "../lib/cost/price";

/** One price as it was gathered. */
export interface RawPrice {
  readonly provider?: unknown;
  readonly service?: unknown;
  readonly sku?: unknown;
  readonly region?: unknown;
  readonly unit?: unknown;
  readonly usd?: unknown;
  readonly source?: unknown;
  readonly sourceDate?: unknown;
  readonly note?: unknown;
}

/** A price that is in no book. */
export interface Refusal {
  /** Provider, service, sku, region and unit, as far as they are given. */
  readonly what: string;
  readonly why: string;
}

export interface Books {
  readonly books: readonly BookFile[];
  readonly refused: readonly Refusal[];
}

/** A day, month or year at the start; what follows may explain it, but must not make it a span. */
const DATE = /^(\d{4}(?:-\d{2})?(?:-\d{2})?)(?![\d-])/;
const GRADE = /^grade ([ABC][+-]?)(?![A-Za-z+-])[.,;]?\s*(.*)$/s;

type Row = PriceRow & { readonly provider: string };

/**
 * Makes one book for each provider. A row without source, date or grade, or with a price that is negative or no number, is left out and told.
 * @throws Error when two rows have one id: nobody could say which of them is true.
 */
export function buildBooks(raw: readonly RawPrice[]): Books {
  const refused: Refusal[] = [];
  const rows = new Map<string, Row>();
  for (const price of raw) {
    const read = readRow(price);
    if (typeof read === "string") {
      refused.push({ what: idOf(price), why: read });
      continue;
    }
    if (rows.has(read.id)) throw new Error(`two rows have the id ${read.id}: keep one`);
    rows.set(read.id, read);
  }
  const providers = [...new Set([...rows.values()].map((row) => row.provider))].sort();
  return {
    books: providers.map((provider) =>
      bookOf(
        provider,
        [...rows.values()].filter((row) => row.provider === provider),
      ),
    ),
    refused,
  };
}

function readRow(price: RawPrice): Row | string {
  const { provider, service, sku, region, unit, usd, source } = price;
  for (const [name, value] of Object.entries({ provider, service, sku, region, unit, source })) {
    if (typeof value !== "string" || value.trim() === "") return `no ${name}`;
  }
  if (!URL.canParse(source as string)) return `the source is no web address: ${String(source)}`;
  const [, date] = DATE.exec(String(price.sourceDate)) ?? [];
  if (date === undefined || !isDate(date)) return `no date: ${JSON.stringify(price.sourceDate)}`;
  const [, grade, note = ""] = GRADE.exec(String(price.note)) ?? [];
  if (!GRADES.includes(grade as Grade)) return "no grade";
  if (typeof usd !== "number" || !Number.isFinite(usd)) return `the price is no number: ${JSON.stringify(usd)}`;
  if (usd < 0) return `the price is negative: ${usd}`;
  const exact = decimal(usd);
  if (!isPrice(exact)) return `the price has more than 12 decimals: ${exact}`;
  const [p, s, k, r, u] = [provider, service, sku, region, unit] as [string, string, string, string, string];
  const row = { id: idOf(price), provider: p, service: s, sku: k, region: r, unit: u, usd: exact, date, grade: grade as Grade };
  return { ...row, source: source as string, ...(note === "" ? {} : { note: note.trim() }) };
}

function idOf({ provider, service, sku, region, unit }: RawPrice): string {
  return [provider, service, sku, region, unit]
    .map((part) =>
      String(part ?? "")
        .trim()
        .toLowerCase()
        .replaceAll(/\s+/g, "-"),
    )
    .join("/");
}

/** A number as JSON has it, without exponent: 4e-7 is 0.0000004. */
export function decimal(number: number): string {
  const [mantissa = "", exponent] = String(number).split("e");
  if (exponent === undefined) return mantissa;
  const [whole = "", fraction = ""] = mantissa.split(".");
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  return point >= digits.length ? digits.padEnd(point, "0") : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function bookOf(provider: string, rows: readonly Row[]): BookFile {
  const sources = [...new Set(rows.map((row) => row.source))].sort();
  const asOf = rows
    .map((row) => firstDay(row.date))
    .sort()
    .at(-1) as string;
  const sorted = [...rows].sort((one, other) => (one.id < other.id ? -1 : 1));
  const written = sorted.map(({ id, service, sku, region, unit, usd, date, grade, source, note }) => {
    const row = { id, service, sku, region, unit, usd, date, grade, source: sources.indexOf(source) };
    return note === undefined ? row : { ...row, note };
  });
  const digest = createHash("sha256").update(JSON.stringify(written)).digest("hex").slice(0, 8);
  return { bookVersion: `${asOf}-${digest}`, asOf, currency: "USD", provider, sources, rows: written };
}

/** A book as it is written: one row on a line. */
export function bookText({ sources, rows, ...header }: BookFile): string {
  const list = (items: readonly unknown[]) => items.map((item) => `    ${JSON.stringify(item)}`).join(",\n");
  const head = JSON.stringify(header, undefined, 2).slice(0, -2);
  return `${head},\n  "sources": [\n${list(sources)}\n  ],\n  "rows": [\n${list(rows)}\n  ]\n}\n`;
}
