import { IPv4 } from "ipaddr.js";

/** An IPv4 range as number and prefix length; the number is the first address. */
export interface Range {
  readonly first: number;
  readonly prefix: number;
}

/** Reads `10.0.0.0/16`; undefined when it is not an IPv4 range. Host bits are kept: see `hasHostBits`. */
export function tryRange(cidr: string): Range | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(cidr) || !IPv4.isValidCIDRFourPartDecimal(cidr)) return undefined;
  const [address, prefix] = IPv4.parseCIDR(cidr);
  return { first: address.octets.reduce((sum, octet) => sum * 256 + octet, 0), prefix };
}

/** Number of addresses in a range. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** Whether the address part is not the first address of its range. */
export function hasHostBits(range: Range): boolean {
  return range.first % sizeOf(range.prefix) !== 0;
}

/** The range with its host bits cleared. */
export function networkOf(range: Range): Range {
  return { first: range.first - (range.first % sizeOf(range.prefix)), prefix: range.prefix };
}

/** Whether two ranges share an address. */
export function overlaps(a: Range, b: Range): boolean {
  return a.first < b.first + sizeOf(b.prefix) && b.first < a.first + sizeOf(a.prefix);
}

/** Whether all of `inner` lies in `outer`. */
export function contains(outer: Range, inner: Range): boolean {
  return inner.prefix >= outer.prefix && overlaps(outer, inner);
}

/** `10.0.0.0/16` again. */
export function formatRange(range: Range): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(range.first / 2 ** shift) % 256);
  return `${new IPv4(octets).toString()}/${range.prefix}`;
}

/** Part `index` of the range when it is cut into parts that are `bits` longer. */
export function slot(range: Range, bits: number, index: number): Range {
  const prefix = range.prefix + bits;
  return { first: range.first + index * sizeOf(prefix), prefix };
}
