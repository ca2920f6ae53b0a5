/**
 * How well a price is supported. `A`: output, dump or documentation of the vendor, read directly (`A-`: older or example data);
 * `B+`: a value tied to a versioned price file of the vendor; `B`, `B-`: vendor output or page quoted by a dated third party;
 * `C`: a transcription with a single source or in conflict, which does not pass a budget silently.
 */
export type Grade = "A" | "A-" | "B+" | "B" | "B-" | "C";

export const GRADES: readonly Grade[] = ["A", "A-", "B+", "B", "B-", "C"];

/** What a price is for. All four have to match: no other region stands in, and no multiple of another price. */
export interface PriceKey {
  readonly service: string;
  readonly sku: string;
  /** Region, or `global`. */
  readonly region: string;
  /** What one unit is, such as `instance-hour`. */
  readonly unit: string;
}

/** One dated unit price with its evidence. */
export interface PriceRow extends PriceKey {
  readonly id: string;
  /** Exact decimal: USD for one unit. */
  readonly usd: string;
  /** When the price was true: a day, or only a month or year where the source says no more. */
  readonly date: string;
  readonly grade: Grade;
  readonly source: string;
  /** What the source says beside the number. */
  readonly note?: string;
}

/** All prices of one provider, as the package carries them. */
export interface BookFile {
  readonly bookVersion: string;
  /** The newest day on which a price in it was true. */
  readonly asOf: string;
  readonly currency: "USD";
  readonly provider: string;
  /** Web addresses of the evidence; rows name them by position. */
  readonly sources: readonly string[];
  readonly rows: readonly (Omit<PriceRow, "source"> & { readonly source: number })[];
}

/** A price, or why there is none. `region-missing`: known, but not in this region. */
export type PriceAnswer =
  { readonly row: PriceRow } | { readonly missing: "price-missing" | "region-missing"; readonly regions: readonly string[] };

/** Prices of one provider, looked up exactly. */
export class PriceBook {
  private readonly byKey = new Map<string, PriceRow>();
  private readonly byMeter = new Map<string, PriceRow[]>();
  private readonly byUnit = new Map<string, PriceRow[]>();

  constructor(readonly file: Pick<BookFile, "bookVersion" | "asOf" | "currency" | "provider" | "sources" | "rows">) {
    for (const written of file.rows) {
      const row: PriceRow = { ...written, source: file.sources[written.source] ?? "" };
      this.byKey.set(`${row.service}\n${row.sku}\n${row.unit}\n${row.region}`, row);
      add(this.byMeter, `${row.service}\n${row.sku}\n${row.unit}`, row);
      add(this.byUnit, `${row.service}\n${row.unit}\n${row.region}`, row);
    }
  }

  /** The price, or why there is none. */
  find({ service, sku, region, unit }: PriceKey): PriceAnswer {
    const row = this.byKey.get(`${service}\n${sku}\n${unit}\n${region}`);
    if (row !== undefined) return { row };
    const elsewhere = this.byMeter.get(`${service}\n${sku}\n${unit}`) ?? [];
    return { missing: elsewhere.length > 0 ? "region-missing" : "price-missing", regions: elsewhere.map((found) => found.region) };
  }

  /** What else a service sells by the same unit in a region. */
  sold({ service, region, unit }: Omit<PriceKey, "sku">): readonly PriceRow[] {
    return this.byUnit.get(`${service}\n${unit}\n${region}`) ?? [];
  }
}

function add<V>(index: Map<string, V[]>, key: string, value: V): void {
  const found = index.get(key);
  if (found === undefined) index.set(key, [value]);
  else found.push(value);
}

/** Hours of a month by the way a provider bills. Never mix them: 730 is the mean, 672 and 744 are caps and free tiers. */
export const MONTH_HOURS = { mean: 730, monthlyCap: 672, longest: 744 } as const;
