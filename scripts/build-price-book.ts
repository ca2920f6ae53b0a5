import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bookText, buildBooks, type RawPrice } from "./price-book";

// Makes the price books of the package from gathered prices, and from those in scripts/prices:
// node -r @swc-node/register scripts/build-price-book.ts <prices.json>
const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error("usage: build-price-book <prices.json>");
  process.exit(2);
}

const added = join(__dirname, "prices");
const files = [file, ...readdirSync(added).map((name) => join(added, name))];

const folder = join(__dirname, "../lib/cost/book");
const { books, refused } = buildBooks(files.flatMap((one) => JSON.parse(readFileSync(one, "utf8")) as RawPrice[]));
mkdirSync(folder, { recursive: true });
for (const book of books) {
  const target = join(folder, `${book.provider}.json`);
  writeFileSync(`${target}.part`, bookText(book));
  renameSync(`${target}.part`, target);
  console.log(`${book.provider}: ${book.rows.length} prices, version ${book.bookVersion}`);
}
for (const { what, why } of refused) console.log(`left out ${what}: ${why}`);
