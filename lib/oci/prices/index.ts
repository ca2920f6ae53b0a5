import { join } from "node:path";
import { lazyBook } from "../../cost/read-book";
import type { ProviderPrices } from "../../cost/rule";
import { regionOf } from "./region";

/** How OCI charges. The book is read when the first estimate is made. */
export const ociPrices: ProviderPrices = {
  book: lazyBook(join(__dirname, "../../cost/book/oci.json")),
  rules: {},
  free: {},
  regionOf,
  notCovered: [],
};
