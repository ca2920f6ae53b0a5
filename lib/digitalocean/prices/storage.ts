import { monthly } from "../../cost/charges";
import type { PriceRule } from "../../cost/rule";
import { price, usedWithin } from "./charges";

/** What the monthly price of Spaces holds, for all buckets of the team. */
export const SPACES_STORAGE = "Spaces storage";
export const SPACES_TRANSFER = "Spaces transfer";

/** A bucket by what it holds; the monthly price of Spaces, which is one for all buckets, stands at the first bucket of the stack. */
export const priceBucket: PriceRule = (bucket, inventory) => {
  const first = inventory.resources.find(({ type }) => type === bucket.type);
  const base = price("Spaces", "base (250 GiB + 1,024 GiB egress)", "month");
  return [
    ...(first?.address === bucket.address ? [monthly("Spaces, for all buckets", base, 1, "1 month")] : []),
    usedWithin("objects held", price("Spaces", "storage-over-250GiB", "GiB-month"), "storedGB", SPACES_STORAGE),
    usedWithin("objects to the internet", price("Spaces", "egress-over-1024GiB", "GiB"), "egressGB", SPACES_TRANSFER),
  ];
};
