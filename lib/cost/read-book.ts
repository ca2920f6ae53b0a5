import { readFileSync } from "node:fs";
import { PriceBook, type BookFile } from "./price";

/** Reads a book from disk when it is first asked for, and once. */
export function lazyBook(file: string): () => PriceBook {
  let book: PriceBook | undefined;
  return () => (book ??= new PriceBook(JSON.parse(readFileSync(file, "utf8")) as BookFile));
}
