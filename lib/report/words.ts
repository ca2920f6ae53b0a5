import type { Gap } from "../cost/line";
import { centsText } from "../cost/money";
import { SEVERITIES, type Finding } from "../policy/finding";
import type { FindingCounts, Manifest } from "./manifest";

/** `1,234.50` from the decimal text of an amount. */
export function money(usd: string): string {
  const [whole = "0", cents = ""] = usd.split(".");
  return `${thousands(whole)}.${cents.padEnd(2, "0")}`;
}

/** `+1,234.50` or `-0.30`, or `no change`, from cents. */
export function moneyChange(cents: bigint): string {
  if (cents === 0n) return "no change";
  return `${cents > 0n ? "+" : ""}${money(centsText(cents))}`;
}

/** `31,000` */
export function count(number: number): string {
  return thousands(String(number));
}

function thousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 resource`, `2 resources` */
export function several(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** One decimal, and 100 % only when nothing is missing. */
export function percent(ratio: number): string {
  return `${(Math.floor(ratio * 1000) / 10).toFixed(1)} %`;
}

/** `90 min`, `4 h`, `3 days`: the largest unit that is exact. */
export function duration(minutes: number): string {
  if (minutes === 0) return "0 min";
  if (minutes % 1440 === 0) return several(minutes / 1440, "day");
  return minutes % 60 === 0 ? `${count(minutes / 60)} h` : `${count(minutes)} min`;
}

/** How many findings there are of each severity and status. */
export function countFindings(findings: readonly Finding[]): FindingCounts {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, { fail: 0, unknown: 0, acknowledged: 0 }]));
  for (const { severity, status } of findings) (counts[severity] as Record<typeof status, number>)[status] += 1;
  return counts as FindingCounts;
}

/** `2 critical, 1 high` of those that fail; undefined when none does. */
export function openFindings(counts: FindingCounts): string | undefined {
  const open = SEVERITIES.filter((severity) => counts[severity].fail > 0);
  return open.length === 0 ? undefined : open.map((severity) => `${count(counts[severity].fail)} ${severity}`).join(", ");
}

/** How many findings have a status. */
export function findingsOf(counts: FindingCounts, status: Finding["status"]): number {
  return SEVERITIES.reduce((total, severity) => total + counts[severity][status], 0);
}

/** `3 of 4 targets met`; undefined when there are none. */
export function recoveryText({ recovery }: Pick<Manifest, "recovery">): string | undefined {
  const verdicts = recovery?.verdicts ?? [];
  if (verdicts.length === 0) return undefined;
  return `${verdicts.filter(({ status }) => status === "ok").length} of ${several(verdicts.length, "target")} met`;
}

/** What is held against a cap, in words. */
export const MEASURES = {
  "gross-high": "most at list price",
  "gross-expected": "expected at list price",
  "net-high": "most after allowances",
  "net-expected": "expected after allowances",
} as const;

/** Half a sentence as a whole one. */
export function sentence(text: string, capital = true): string {
  const whole = capital ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

/** Whether a gap leaves something out of the totals; a price that is too old is in them. */
export function isUnpriced({ reason }: Pick<Gap, "reason">): boolean {
  return reason !== "stale-price";
}
