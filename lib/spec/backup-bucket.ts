import { LOCK_MODES, type LockMode } from "./backup-protection";
import { type Check, type KeysOf } from "./check";
import { openCheck, PROFILES, type CommonProps, type Profile, type SpecContext } from "./context";

export interface BucketLockProps {
  /** Who may delete or overwrite objects before their time: everybody, who may remove the lock, or nobody. */
  readonly mode: LockMode;
  /**
   * For `compliance`: from when on nobody can remove the lock, such as `2027-01-31T00:00:00Z`; 14 days or more after the bucket is made.
   * From then on only an empty bucket can be deleted.
   */
  readonly lockedFrom?: string;
}

/** A bucket for exports and copies of data. */
export interface BackupBucketProps extends CommonProps {
  /** Days after which an object is deleted: finite. */
  readonly retentionDays: number;
  /**
   * Days after which an object moves to cheaper storage, from which it can still be read at once.
   * @default - never
   */
  readonly warmAfterDays?: number;
  /**
   * Days after which an object moves to the cheapest storage, from which it has to be restored first.
   * @default - never
   */
  readonly coldAfterDays?: number;
  /**
   * Who may delete objects before their time.
   * @default - `governance` in production, `none` in a sandbox
   */
  readonly lock?: BucketLockProps;
}

/** A field is absent when the provider has no such thing, or when it was not asked for. */
export interface BackupBucketSpec {
  readonly profile: Profile;
  readonly retentionDays: number;
  readonly warmAfterDays?: number;
  readonly coldAfterDays?: number;
  readonly lock?: BucketLockProps;
  /** Whether what is overwritten or deleted stays as an old version until the retention is over. */
  readonly versioned: boolean;
}

/** What the provider allows. */
export interface BackupBucketLimits {
  /** Longest retention in days. */
  readonly maxRetentionDays: number;
  /**
   * Days that an object stays in warm storage at least.
   * @default 0
   */
  readonly minWarmDays?: number;
  /**
   * Days that an object stays in cold storage at least.
   * @default 0
   */
  readonly minColdDays?: number;
  /**
   * The kinds of locks that there are, and why there are no others.
   * @default - every kind
   */
  readonly locks?: { readonly modes: readonly LockMode[]; readonly why: string };
  /**
   * Whether old versions of objects can be kept.
   * @default true
   */
  readonly versions?: boolean;
  /** Where the limits come from. */
  readonly source: string;
}

const KNOWN = {
  profile: true,
  retentionDays: true,
  warmAfterDays: true,
  coldAfterDays: true,
  lock: true,
} satisfies KeysOf<BackupBucketProps>;
const KNOWN_LOCK = { mode: true, lockedFrom: true } satisfies KeysOf<BucketLockProps>;
const INSTANT = { pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, want: 'an instant in UTC such as "2027-01-31T00:00:00Z"' };

/**
 * The bucket after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function backupBucketSpec(props: BackupBucketProps, context: SpecContext, limits: BackupBucketLimits): BackupBucketSpec {
  const check = openCheck<BackupBucketProps>(props, KNOWN, context);
  const profile = check.oneOf("profile", PROFILES, context.profile);
  const days = { min: 1, max: limits.maxRetentionDays, source: limits.source };
  const retentionDays = check.integer("retentionDays", days);
  const warmAfterDays = check.unlessLacking("warmAfterDays", () => check.tryInteger("warmAfterDays", days));
  const coldAfterDays = check.unlessLacking("coldAfterDays", () => check.tryInteger("coldAfterDays", days));
  const tiers = { retentionDays, warmAfterDays, coldAfterDays };
  if (check.clean) checkTiers(check, tiers, limits);
  const lock = check.unlessLacking("lock", () => readLock(check, props?.lock, profile, limits));
  return check.done({
    profile,
    retentionDays,
    ...(warmAfterDays !== undefined && { warmAfterDays }),
    ...(coldAfterDays !== undefined && { coldAfterDays }),
    ...(lock !== undefined && { lock }),
    versioned: (limits.versions ?? true) && (lock === undefined || lock.mode === "none"),
  });
}

type Tiers = Pick<BackupBucketProps, "retentionDays" | "warmAfterDays" | "coldAfterDays">;

/** Storage that is billed for a minimum time has to be used for that long. */
function checkTiers(check: Check<BackupBucketProps>, tiers: Tiers, { minWarmDays = 0, minColdDays = 0, source }: BackupBucketLimits): void {
  const { retentionDays, warmAfterDays, coldAfterDays } = tiers;
  const warm = { from: warmAfterDays, least: minWarmDays, name: "warm" };
  const cold = { from: coldAfterDays, least: minColdDays, name: "cold" };
  if (warm.from !== undefined && cold.from !== undefined) {
    const least = warm.from + Math.max(1, warm.least);
    const want = `${least} or more with warmAfterDays ${warm.from}: ${warm.least} days of warm storage at least (${source})`;
    if (cold.from < least) check.issue("coldAfterDays", cold.from, want, "move objects later, or leave out warmAfterDays");
  }
  const last = cold.from === undefined ? warm : cold;
  if (last.from === undefined || retentionDays >= last.from + last.least) return;
  const want = `${last.from + last.least} or more with ${last.name}AfterDays ${last.from}: ${last.least} days of ${last.name} storage at least (${source})`;
  check.issue("retentionDays", retentionDays, want, `keep objects longer, or leave out ${last.name}AfterDays`);
}

function readLock(
  parent: Check<BackupBucketProps>,
  given: BucketLockProps | undefined,
  profile: Profile,
  { locks }: BackupBucketLimits,
): BucketLockProps {
  const props = given ?? { mode: profile === "production" ? "governance" : "none" };
  const check = parent.nested<BucketLockProps>("lock", props, props?.mode === "compliance" ? KNOWN_LOCK : ["mode"]);
  const mode = check.oneOf("mode", locks?.modes ?? LOCK_MODES, undefined, locks?.why);
  if (mode !== "compliance") return { mode };
  if (profile === "sandbox") check.issue("mode", mode, '"none" or "governance" when profile is "sandbox": nobody could throw it away');
  return { mode, lockedFrom: check.text("lockedFrom", INSTANT) };
}
