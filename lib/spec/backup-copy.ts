import { readRetention, type RetentionLimits, type RetentionPlace, type RetentionProps, type RetentionSpec } from "./backup-retention";
import { type Check, isToken, type KeysOf, nearest } from "./check";

/** A copy of each backup of a schedule in another region. */
export interface BackupCopyProps extends Partial<RetentionProps> {
  /** The region, in the words of the provider; never the region of the stack. */
  readonly region: string;
  /**
   * Days after which the copy is deleted.
   * @default - the retention of the schedule
   */
  readonly retentionDays?: number;
}

export interface BackupCopySpec extends Partial<RetentionSpec> {
  readonly region: string;
}

/** What the provider allows in copies. */
export interface CopyLimits extends RetentionLimits {
  /** Region of the stack, when it is known at synth. */
  readonly region?: string;
  /** A region of the provider, for messages. */
  readonly regionExample?: string;
  /** Regions that copies can go to; undefined when all can. */
  readonly copyRegions?: readonly string[];
  /** Words for those regions. */
  readonly copyWant?: string;
  /**
   * Most copies of one backup.
   * @default - any number
   */
  readonly maxCopies?: number;
}

const COPY = { region: true, retentionDays: true, coldAfterDays: true } satisfies KeysOf<BackupCopyProps>;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

interface CopyPlace extends RetentionPlace {
  readonly limits: CopyLimits;
}

/** Reads the prop `copyTo` of a schedule; problems are named `copyTo.<index>.<prop>`. */
export function readCopies(check: Check<{ readonly copyTo?: unknown }>, place: CopyPlace): readonly BackupCopySpec[] {
  const { limits } = place;
  const text = { pattern: REGION, want: `a region${limits.regionExample === undefined ? "" : ` such as "${limits.regionExample}"`}` };
  const copies = check.list<BackupCopyProps>("copyTo", "a list of copies such as { region }", []).map((copy, index) => {
    const inner = check.nested<BackupCopyProps>(`copyTo.${index}`, copy, COPY);
    const region = inner.text("region", text);
    if (!isToken(region) && REGION.test(region)) checkRegion(inner, region, limits);
    return { region, ...inner.unlessLacking("retentionDays", () => readRetention(inner, copy, place)) };
  });
  const regions = copies.map((copy) => copy.region);
  for (const region of new Set(regions.filter((name, index) => name !== "" && regions.indexOf(name) !== index))) {
    check.issue("copyTo", region, "every region once", "remove the second one");
  }
  const { maxCopies = Infinity } = limits;
  if (regions.length > maxCopies) check.issue("copyTo", regions, `${maxCopies} copy at most (${limits.source})`, "choose one region");
  return copies;
}

function checkRegion(check: Check<BackupCopyProps>, region: string, limits: CopyLimits): void {
  if (limits.region === undefined) {
    const want = "a stack whose region is known at synth, to be sure that the copy is elsewhere";
    check.issue("region", region, want, "give the provider of the stack a literal region");
  } else if (region === limits.region) {
    const fix = "a copy in the same region is lost together with it: choose another one";
    check.issue("region", region, `another region than that of the stack, ${limits.region}`, fix);
  } else if (limits.copyRegions !== undefined && !limits.copyRegions.includes(region)) {
    check.issue("region", region, limits.copyWant ?? "a region that copies can go to", nearest(region, limits.copyRegions));
  }
}
