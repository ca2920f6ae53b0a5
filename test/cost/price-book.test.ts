import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { daysBetween, firstDay, isDate, isDay } from "../../lib/cost/date";
import { isPrice } from "../../lib/cost/money";
import { GRADES, PriceBook, type BookFile } from "../../lib/cost/price";
import { buildBooks, bookText, decimal, type RawPrice } from "../../scripts/price-book";

const folder = join(__dirname, "../../lib/cost/book");
const files = readdirSync(folder);

const good: RawPrice = {
  provider: "acme",
  service: "Big Things",
  sku: "red",
  region: "here",
  unit: "thing-hour",
  usd: 4e-7,
  source: "https://acme.example/prices/7",
  sourceDate: "2026-08-12 (read twice)",
  note: "grade B+. Usage type RED.",
};

describe("the price books of the package", () => {
  const books = files.map((file): [string, BookFile] => [file, JSON.parse(readFileSync(join(folder, file), "utf8")) as BookFile]);

  test("there is one for each provider of the data", () => {
    expect(files.sort()).toEqual(["aws.json", "cloudflare.json", "digitalocean.json", "github.json", "oci.json"]);
  });

  test.each(books)("%s holds only prices with source, date and grade, each once", (file, book) => {
    expect(`${book.provider}.json`).toBe(file);
    expect(book.currency).toBe("USD");
    expect(isDay(book.asOf)).toBe(true);
    expect(book.rows.length).toBeGreaterThan(10);
    expect(new Set(book.rows.map((row) => row.id)).size).toBe(book.rows.length);
    const wrong = book.rows.filter(
      (row) =>
        !isPrice(row.usd) ||
        !isDate(row.date) ||
        !GRADES.includes(row.grade) ||
        !book.sources[row.source]?.startsWith("https://") ||
        [row.service, row.sku, row.region, row.unit].some((part) => part === ""),
    );
    expect(wrong).toEqual([]);
  });

  test.each(books)("%s is as the script writes it", (file, book) => {
    const raw = book.rows.map(({ service, sku, region, unit, usd, date, grade, source, note = "" }): RawPrice => {
      const text = `grade ${grade}. ${note}`;
      return {
        provider: book.provider,
        service,
        sku,
        region,
        unit,
        usd: Number(usd),
        source: book.sources[source],
        sourceDate: date,
        note: text,
      };
    });
    const rebuilt = buildBooks(raw);
    expect(rebuilt.refused).toEqual([]);
    expect(bookText(rebuilt.books[0] as BookFile)).toBe(readFileSync(join(folder, file), "utf8"));
  });
});

describe("building a price book", () => {
  test("keeps the exact price, the date, the grade and the evidence", () => {
    const { books, refused } = buildBooks([good]);
    expect(refused).toEqual([]);
    expect(books[0]).toMatchObject({ asOf: "2026-08-12", currency: "USD", provider: "acme", sources: [good.source] });
    expect(books[0]?.rows).toEqual([
      {
        id: "acme/big-things/red/here/thing-hour",
        service: "Big Things",
        sku: "red",
        region: "here",
        unit: "thing-hour",
        usd: "0.0000004",
        date: "2026-08-12",
        grade: "B+",
        source: 0,
        note: "Usage type RED.",
      },
    ]);
    expect(books[0]?.bookVersion).toMatch(/^2026-08-12-[0-9a-f]{8}$/);
  });

  test("the version tells one price from another", () => {
    const versionOf = (usd: number) => buildBooks([{ ...good, usd }]).books[0]?.bookVersion;
    expect(versionOf(1)).toBe(versionOf(1));
    expect(versionOf(1)).not.toBe(versionOf(1.01));
  });

  test.each<[Partial<RawPrice>, string]>([
    [{ source: undefined }, "no source"],
    [{ source: " " }, "no source"],
    [{ source: "somebody said so" }, "the source is no web address: somebody said so"],
    [{ sourceDate: undefined }, "no date: undefined"],
    [{ sourceDate: "unknown (stored page)" }, 'no date: "unknown (stored page)"'],
    [{ sourceDate: "2025-2026" }, 'no date: "2025-2026"'],
    [{ sourceDate: "2026-02-30" }, 'no date: "2026-02-30"'],
    [{ note: "trust me" }, "no grade"],
    [{ note: "grade D. Guessed." }, "no grade"],
    [{ usd: -0.01 }, "the price is negative: -0.01"],
    [{ usd: NaN }, "the price is no number: null"],
    [{ usd: Infinity }, "the price is no number: null"],
    [{ usd: "0.01" }, 'the price is no number: "0.01"'],
    [{ usd: 1e-13 }, "the price has more than 12 decimals: 0.0000000000001"],
    [{ region: "" }, "no region"],
    [{ unit: undefined }, "no unit"],
    [{ sku: undefined }, "no sku"],
  ])("leaves out a row with %j", (change, why) => {
    const { books, refused } = buildBooks([{ ...good, ...change }]);
    expect(books).toEqual([]);
    expect(refused.map((refusal) => refusal.why)).toEqual([why]);
  });

  test("fails on two rows with one id", () => {
    expect(() => buildBooks([good, { ...good, usd: 2 }])).toThrow("two rows have the id acme/big-things/red/here/thing-hour: keep one");
  });

  test.each([
    [3.09e-8, "0.0000000309"],
    [0.1, "0.1"],
    [730, "730"],
    [1.5e21, "1500000000000000000000"],
    [5e-7, "0.0000005"],
  ])("writes %d as %s", (number, text) => {
    expect(decimal(number)).toBe(text);
  });
});

describe("looking up a price", () => {
  const { books } = buildBooks([good, { ...good, region: "there", usd: 2 }, { ...good, sku: "blue", usd: 3 }]);
  const book = new PriceBook(books[0] as BookFile);
  const key = { service: "Big Things", sku: "red", region: "here", unit: "thing-hour" };

  test("is exact", () => {
    expect(book.find(key)).toMatchObject({ row: { usd: "0.0000004", source: good.source } });
    expect(book.find({ ...key, region: "there" })).toMatchObject({ row: { usd: "2" } });
  });

  test("no other region, unit or service stands in", () => {
    expect(book.find({ ...key, sku: "blue", region: "there" })).toEqual({ missing: "region-missing", regions: ["here"] });
    expect(book.find({ ...key, unit: "thing-month" })).toEqual({ missing: "price-missing", regions: [] });
    expect(book.find({ ...key, service: "Small Things" })).toEqual({ missing: "price-missing", regions: [] });
  });

  test("lists what else is sold in the region", () => {
    expect(book.sold({ service: "Big Things", region: "here", unit: "thing-hour" }).map((row) => row.sku)).toEqual(["blue", "red"]);
  });
});

describe("dates", () => {
  test.each(["2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", "", "2026-01-01T00:00:00Z"])("%j is no day", (text) =>
    expect(isDay(text)).toBe(false),
  );

  test("a month or a year counts from its first day", () => {
    expect([firstDay("2026"), firstDay("2026-07"), firstDay("2026-07-20")]).toEqual(["2026-01-01", "2026-07-01", "2026-07-20"]);
    expect(daysBetween("2026", "2026-11-21")).toBe(324);
    expect(daysBetween("2026-07-20", "2026-11-21")).toBe(124);
  });
});
