import { centsOf, centsText, parseUsd } from "../cost/money";
import type { Finding } from "../policy/finding";
import type { Manifest } from "./manifest";

/** What differs between two manifests of the same stack. */
export interface ManifestChange {
  /** Expected cost of a month at list price; undefined when one of the two has none. */
  readonly cost?: {
    readonly before: string;
    readonly after: string;
    /** In cents; negative when it became cheaper. */
    readonly cents: bigint;
    /** Why the two numbers are not about the resources alone; empty when they are. */
    readonly notes: readonly string[];
    /** Resources whose cost changed, the largest change first. */
    readonly addresses: readonly { readonly address: string; readonly cents: bigint }[];
  };
  /** Findings that fail now and did not before. */
  readonly newFindings: readonly Finding[];
  /** Findings that failed before and do not now. */
  readonly goneFindings: readonly Finding[];
  /** Labelled among those that can carry labels, before and after. */
  readonly coverage: { readonly before: number; readonly after: number };
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Compares the manifest of a stack with an earlier one. */
export function changeBetween(current: Manifest, previous: Manifest): ManifestChange {
  const [now, before] = [addressesOf(current), addressesOf(previous)];
  const [open, wasOpen] = [openOf(current), openOf(previous)];
  return {
    cost: costChange(current, previous),
    newFindings: [...open].flatMap(([key, finding]) => (wasOpen.has(key) ? [] : [finding])),
    goneFindings: [...wasOpen].flatMap(([key, finding]) => (open.has(key) ? [] : [finding])),
    coverage: { before: previous.coverage.ratioOfTaggable, after: current.coverage.ratioOfTaggable },
    added: [...now].filter((address) => !before.has(address)).sort(),
    removed: [...before].filter((address) => !now.has(address)).sort(),
  };
}

/** Whether anything changed that a reader has to know. */
export function isChanged(change: ManifestChange): boolean {
  const { cost, newFindings, goneFindings, coverage, added, removed } = change;
  const lists = [newFindings, goneFindings, added, removed];
  return lists.some((list) => list.length > 0) || (cost?.cents ?? 0n) !== 0n || coverage.before !== coverage.after;
}

function addressesOf({ resources }: Manifest): ReadonlySet<string> {
  return new Set(resources.map(({ address }) => address));
}

function openOf({ policy }: Manifest): ReadonlyMap<string, Finding> {
  const open = (policy?.findings ?? []).filter(({ status }) => status === "fail");
  return new Map(open.map((finding) => [`${finding.ruleId} ${finding.address} ${finding.observed}`, finding]));
}

function costChange(current: Manifest, previous: Manifest): ManifestChange["cost"] {
  const [after, before] = [current.cost?.totals?.gross.expected, previous.cost?.totals?.gross.expected];
  if (after === undefined || before === undefined) return undefined;
  return {
    before,
    after,
    cents: centsOf(parseUsd(after)) - centsOf(parseUsd(before)),
    notes: notesOf(current, previous),
    addresses: byAddress(current, previous),
  };
}

function notesOf({ cost: now }: Manifest, { cost: before }: Manifest): string[] {
  const books = (estimate: typeof now) =>
    (estimate?.books ?? []).map(({ provider, bookVersion }) => `${provider} ${bookVersion}`).join(", ");
  const [mine, theirs] = [books(now), books(before)];
  return [
    ...(mine === theirs ? [] : [`prices differ too: ${theirs} before, ${mine} now`]),
    ...(JSON.stringify(now?.usage) === JSON.stringify(before?.usage) ? [] : ["assumptions on use differ too"]),
    ...(now?.gaps.length === before?.gaps.length ? [] : [`without a price: ${before?.gaps.length} before, ${now?.gaps.length} now`]),
  ];
}

function byAddress(current: Manifest, previous: Manifest) {
  const sums = costByAddress(current);
  for (const [address, usd] of costByAddress(previous)) sums.set(address, (sums.get(address) ?? 0n) - usd);
  return [...sums]
    .map(([address, usd]) => ({ address, cents: centsOf(usd) }))
    .filter(({ cents }) => cents !== 0n)
    .sort((one, other) => Number(size(other.cents) - size(one.cents)) || (one.address < other.address ? -1 : 1));
}

function size(cents: bigint): bigint {
  return cents < 0n ? -cents : cents;
}

/** Expected cost of a month at list price by address, exact. */
export function costByAddress({ cost }: Pick<Manifest, "cost">): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { address, usd } of cost?.lines ?? []) sums.set(address, (sums.get(address) ?? 0n) + parseUsd(usd.expected));
  return sums;
}

/** `148.20` from an exact amount. */
export function centsTextOf(usd: bigint): string {
  return centsText(centsOf(usd));
}
