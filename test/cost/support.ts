import { PriceBook, type PriceRow } from "../../lib/cost/price";
import type { Allowance, ChangeRule, PriceRule } from "../../lib/cost/rule";
import { Inventory, type TerraformJson } from "../../lib/facts/inventory";
import type { Provider } from "../../lib/provider";

/** The day that all these tests are about. */
export const AS_OF = "2026-11-21";

export type TestRow = Pick<PriceRow, "sku" | "usd"> & Partial<PriceRow>;

/** A book with rows of service `Things` at `here`, of the day before yesterday, unless said otherwise. */
export function testBook(rows: readonly TestRow[]): PriceBook {
  const full = rows.map((row) => {
    const found = { service: "Things", region: "here", unit: "thing-month", date: "2026-11-19", grade: "A" as const, ...row };
    return { ...found, id: row.id ?? `acme/things/${found.sku}/${found.region}/${found.unit}`, source: 0 };
  });
  return new PriceBook({
    bookVersion: "test-1",
    asOf: "2026-11-19",
    currency: "USD",
    provider: "acme",
    sources: ["https://acme.example/prices"],
    rows: full,
  });
}

export interface AcmeProps {
  readonly rows?: readonly TestRow[];
  /** A book of the package instead of rows. */
  readonly book?: PriceBook;
  readonly rules?: Readonly<Record<string, PriceRule>>;
  readonly changes?: Readonly<Record<string, ChangeRule>>;
  readonly allowances?: Readonly<Record<string, Allowance>>;
}

/** A provider that charges by what `rules` say; tags are plain labels. */
export function acme({ rows = [], book = testBook(rows), rules = {}, changes, allowances }: AcmeProps): Provider {
  return {
    name: "acme",
    readers: {},
    labels: {
      encode: () => ({}),
      decode: (tags) => tags,
      carrierOf: (type) =>
        type === "acme_untaggable"
          ? undefined
          : { write: () => ({}), read: ({ tags }) => (tags as Record<string, string> | undefined) ?? {} },
    },
    prices: {
      book: () => book,
      rules,
      free: { acme_nothing: "it is nothing" },
      regionOf: ({ attributes }) => (attributes.region === "unknown" ? undefined : "here"),
      changes,
      allowances,
      notCovered: ["taxes"],
    },
  };
}

/** One unit of a thing a month. */
export const oneOf =
  (sku: string, quantity: number | { low: number; expected: number; high: number } = 1): PriceRule =>
  () => [{ kind: "fixed", meter: sku, price: { service: "Things", sku, unit: "thing-month" }, quantity, basis: "1" }];

/** An inventory of resources by type and id; `path` becomes the construct path. */
export function inventoryOf(
  resource: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>,
  more: object = {},
): Inventory {
  const placed = Object.entries(resource).map(([type, instances]) => [
    type,
    Object.fromEntries(
      Object.entries(instances).map(([id, { path, ...attributes }]) => [id, { ...attributes, "//": { metadata: { path: path ?? id } } }]),
    ),
  ]);
  return new Inventory({ ...more, resource: Object.fromEntries(placed) } as TerraformJson);
}
