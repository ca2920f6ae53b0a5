import type { ResourceView } from "../facts/inventory";
import type { PriceBook, PriceKey } from "./price";

/** What else a service sells for less by the same unit in the same region. */
export function cheaperThan(
  book: PriceBook,
  what: Omit<PriceKey, "sku">,
  sku: string,
  fits: (sku: string) => boolean = () => true,
): readonly string[] {
  const answer = book.find({ ...what, sku });
  if (!("row" in answer)) return [];
  const most = Number(answer.row.usd);
  return book
    .sold(what)
    .filter((row) => Number(row.usd) < most && fits(row.sku))
    .map((row) => row.sku);
}

/** The same resource with some attributes changed. */
export function withAttributes(resource: ResourceView, changed: ResourceView["attributes"]): ResourceView {
  return { ...resource, attributes: { ...resource.attributes, ...changed } };
}
