import type { BackupScheduleSpec } from "./backup-schedule";
import type { Check } from "./check";

/** The backups that something makes by itself, such as a managed database. */
export interface OwnBackups {
  /** What makes them, in words, such as "managed databases". */
  readonly title: string;
  /** Days for which they are kept. */
  readonly retentionDays: number;
  /**
   * Regions that they are copied to.
   * @default []
   */
  readonly copyRegions?: readonly string[];
  /** What to do when that is not enough. */
  readonly fix: string;
}

/** Something that holds data. */
export interface HeldData {
  /** Terraform address or identifier of the provider. */
  readonly id: string;
  /** Its kind in the words of the provider; undefined when that cannot be told. */
  readonly type?: string;
  /** The backups that it makes by itself: the policy adds nothing, and only checks that they are enough. */
  readonly own?: OwnBackups;
  /** Why it cannot be backed up by this policy. */
  readonly refused?: { readonly want: string; readonly fix: string };
}

/** What the provider allows in sources. */
export interface SourceLimits<Source> {
  /**
   * Most sources of one policy.
   * @default - any number
   */
  readonly maxSources?: number;
  /** Where the limits come from. */
  readonly source: string;
  /** What a source holds; undefined when it is no source at all. */
  held(source: Source): readonly HeldData[] | undefined;
}

interface WithSources {
  readonly sources?: unknown;
  readonly selectLabels?: unknown;
}

/** Reads the prop `sources`. */
export function readSources<Source>(check: Check<WithSources>, props: WithSources, limits: SourceLimits<Source>): readonly HeldData[] {
  const sources = check.list<Source>("sources", "a list of things that hold data, such as [memory, vm]", []);
  const held = sources.flatMap((source, index) => readSource(check, source, index, limits));
  const ids = held.map(({ id }) => id);
  for (const id of new Set(ids.filter((name, index) => ids.indexOf(name) !== index))) {
    check.issue("sources", id, "every source once", "remove the second one");
  }
  const { maxSources = Infinity } = limits;
  const byLabel = check.lacks("selectLabels") ? undefined : "select by label with selectLabels";
  if (held.length > maxSources) check.issue("sources", held.length, `${maxSources} or fewer (${limits.source})`, byLabel);
  if (props?.selectLabels === undefined || check.lacks("selectLabels")) refuseNothing(check, props?.sources, held);
  return held;
}

function readSource<Source>(check: Check<WithSources>, source: Source, index: number, { held }: SourceLimits<Source>): readonly HeldData[] {
  const prop = `sources.${index}`;
  const found = held(source);
  if (found === undefined) check.issue(prop, source, "something that holds data, such as a database or a VM with a data volume");
  else if (found.length === 0) {
    check.issue(prop, [], "a source that holds data", "remove it, or give it something to hold, such as a data volume");
  }
  for (const { id, refused } of found ?? []) if (refused !== undefined) check.issue(prop, id, refused.want, refused.fix);
  return found ?? [];
}

/** A policy that has nothing to do is refused. */
function refuseNothing(check: Check<WithSources>, given: unknown, held: readonly HeldData[]): void {
  const byLabel = check.lacks("selectLabels") ? "" : ", or select by label with selectLabels";
  if (given === undefined || (Array.isArray(given) && given.length === 0)) {
    check.issue("sources", given, "one source or more", `give sources${byLabel}`);
  } else if (held.length > 0 && held.every(({ own }) => own !== undefined)) {
    const want = "one source or more that does not make its own backups: the policy would have nothing to do";
    check.issue(
      "sources",
      held.map(({ id }) => id),
      want,
      "remove the policy, or add what it is to back up",
    );
  }
}

/** Refuses schedules that ask for more than a source does by itself, which nobody could give. */
export function checkOwnBackups(check: Check<object>, held: readonly HeldData[], schedules: readonly BackupScheduleSpec[]): void {
  for (const { id, own } of held) {
    if (own === undefined) continue;
    for (const { name, retentionDays, copies = [] } of schedules) {
      const makes = `${id} makes its own backups, as ${own.title} do`;
      if (retentionDays > own.retentionDays) {
        const want = `${own.retentionDays} or less: ${makes}, and keeps them for ${own.retentionDays} days`;
        check.issue(`schedules.${name}.retentionDays`, retentionDays, want, own.fix);
      }
      const missing = copies.map(({ region }) => region).filter((region) => !(own.copyRegions ?? []).includes(region));
      if (missing.length === 0) continue;
      check.issue(`schedules.${name}.copyTo`, missing, `regions that it copies to: ${makes}`, own.fix);
    }
  }
}
