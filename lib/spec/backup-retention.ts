import type { BackupFrequency } from "./backup-calendar";
import { type Check } from "./check";

/** How long backups are kept, and when they move to cheaper, slower storage. */
export interface RetentionProps {
  /** Days after which a backup is deleted: finite, and longer than the time to the next backup. */
  readonly retentionDays: number;
  /**
   * Days after which a backup moves to cold storage. It stays there for a minimum time that is billed in any case.
   * @default - never
   */
  readonly coldAfterDays?: number;
}

export interface RetentionSpec {
  readonly retentionDays: number;
  readonly coldAfterDays?: number;
}

/** What the provider allows in a retention. */
export interface RetentionLimits {
  /** Longest retention in days. */
  readonly maxRetentionDays: number;
  /**
   * Days for which the provider keeps backups whatever is asked for, by frequency.
   * @default - as long as is asked for
   */
  readonly fixedRetentionDays?: Partial<Record<BackupFrequency, number>>;
  /**
   * Days a backup stays in cold storage at least.
   * @default 0
   */
  readonly minColdDays?: number;
  /** Where the limits come from. */
  readonly source: string;
}

/** What a retention depends on. */
export interface RetentionPlace {
  readonly frequency: BackupFrequency;
  /** Days until the next backup is there for sure. */
  readonly least: number;
  readonly limits: RetentionLimits;
  /** What holds when nothing is given. */
  readonly fallback?: RetentionSpec;
}

/** Reads how long backups are kept. */
export function readRetention<P extends Partial<RetentionProps>>(check: Check<P>, props: P, place: RetentionPlace): RetentionSpec {
  const retentionDays = readDays(check, props?.retentionDays, place);
  const coldAfterDays = check.unlessLacking("coldAfterDays", () => readCold(check, props, retentionDays, place));
  return { retentionDays, ...(coldAfterDays !== undefined && { coldAfterDays }) };
}

function readDays<P extends Partial<RetentionProps>>(check: Check<P>, given: unknown, place: RetentionPlace): number {
  const { frequency, least, limits, fallback } = place;
  const max = limits.maxRetentionDays;
  if (isEndless(given)) {
    check.issue("retentionDays", given, "a finite number of days: what is kept for ever has no price", "say how long, such as 3650");
    return max;
  }
  const fixed = limits.fixedRetentionDays?.[frequency];
  if (fixed !== undefined) {
    if (given === undefined || given === fixed) return fixed;
    check.issue("retentionDays", given, `${fixed}: ${frequency} backups are kept that long, no more and no less (${limits.source})`);
    return fixed;
  }
  const days = check.integer("retentionDays", { min: 1, max, default: fallback?.retentionDays, source: limits.source });
  if (given === days && days < least) {
    const want = `${least} or more: a backup has to outlive the time until the next one has begun`;
    check.issue("retentionDays", days, want, "keep backups longer, or make them more often");
  }
  return days;
}

function readCold<P extends Partial<RetentionProps>>(
  check: Check<P>,
  { retentionDays: given }: P,
  retentionDays: number,
  { limits, fallback }: RetentionPlace,
): number | undefined {
  const max = limits.maxRetentionDays;
  const inherited = given === undefined ? fallback?.coldAfterDays : undefined;
  const coldAfterDays = check.tryInteger("coldAfterDays", { min: 1, max, default: inherited, source: limits.source });
  if (coldAfterDays === undefined) return undefined;
  const least = limits.minColdDays ?? 0;
  const warmAndCold = coldAfterDays + least;
  if (given === retentionDays && retentionDays < warmAndCold) {
    const want = `${warmAndCold} or more with coldAfterDays ${coldAfterDays}: ${least} days of cold storage at least (${limits.source})`;
    check.issue("retentionDays", retentionDays, want, "keep backups longer, or leave out coldAfterDays");
  }
  return coldAfterDays;
}

/** Whether this is somebody's word for ever. */
function isEndless(days: unknown): boolean {
  return (
    days === Infinity ||
    days === -1 ||
    (typeof days === "string" && /^(unlimited|infinite|infinity|forever|for ever|always|∞)$/i.test(days))
  );
}
