import type { Check, KeysOf } from "../spec/check";

/** How much a month may be: at least, likely, at most. */
export interface Range {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** What depends on use and not on what is created, each for one resource and month. */
export interface UsageQuantities {
  /** GB that go from a public machine, NAT or balancer to the internet. */
  readonly egressGB: Range;
  /** GB through a managed NAT. */
  readonly natGB: Range;
  /** Capacity units of a balancer, on average over the month. */
  readonly balancerUnits: Range;
  /** GB through a private endpoint. */
  readonly endpointGB: Range;
  /** Millions of requests that a web firewall looks at. */
  readonly webRequestMillions: Range;
  /** Millions of look-ups in a DNS zone. */
  readonly dnsQueryMillions: Range;
  /** GB written to a log. */
  readonly logGB: Range;
  /** GB that a log holds. */
  readonly logStoredGB: Range;
  /** Metrics that the platform writes for a container service. */
  readonly containerMetrics: Range;
  /** Calls of an encryption key. */
  readonly keyRequests: Range;
  /** Reads of a secret. */
  readonly secretReads: Range;
  /** Millions of messages to a topic or queue. */
  readonly messageMillions: Range;
  /** E-mails that a topic sends, in hundred thousands. */
  readonly emailHundredThousands: Range;
  /** GB in an object store. */
  readonly storedGB: Range;
  /** Writes and lists in an object store. */
  readonly objectWrites: Range;
  /** Reads from an object store. */
  readonly objectReads: Range;
  /** GB of backups of one protected thing, in one place. */
  readonly backupGB: Range;
  /** GB of backups that a database keeps beyond its own size. */
  readonly databaseBackupGB: Range;
  /** Hours in which a small database uses more CPU than its share. */
  readonly databaseCreditHours: Range;
  /** Millions of calls of a function. */
  readonly functionCallMillions: Range;
  /** GB-seconds that a function runs. */
  readonly functionGBSeconds: Range;
  /** GB that leave a region for another. */
  readonly crossRegionGB: Range;
  /** Millions of milliseconds that functions compute; waiting does not count. */
  readonly functionCpuMillionMs: Range;
  /** Millions of rows that queries look at, in a database that charges by the row. */
  readonly rowReadMillions: Range;
  /** Millions of rows written, in a database that charges by the row. */
  readonly rowWriteMillions: Range;
  /** Minutes of workflow jobs on hosted machines; every job is rounded up. */
  readonly workflowMinutes: Range;
}

export type UsageKey = keyof UsageQuantities;

/** A named set of assumptions; it is printed with every estimate that uses it. What it leaves out stays unpriced. */
export interface UsageProfile {
  readonly name: string;
  /** Rises when a number changes. */
  readonly version: number;
  readonly quantities: Readonly<Partial<UsageQuantities>>;
}

const exactly = (value: number): Range => ({ low: value, expected: value, high: value });
const range = (low: number, expected: number, high: number): Range => ({ low, expected, high });

/** Metrics that are written while a service runs, busy or not: an assumption without a source, to be replaced by what a bill shows. */
const CONTAINER_METRICS = range(17, 17, 30);

/** Nothing happens: what a stack costs because it is there. */
export const IDLE = {
  name: "idle",
  version: 1,
  quantities: {
    egressGB: exactly(0),
    natGB: exactly(0),
    balancerUnits: exactly(0),
    endpointGB: exactly(0),
    webRequestMillions: exactly(0),
    dnsQueryMillions: exactly(0),
    logGB: exactly(0),
    logStoredGB: exactly(0),
    containerMetrics: CONTAINER_METRICS,
    keyRequests: exactly(0),
    secretReads: exactly(0),
    messageMillions: exactly(0),
    emailHundredThousands: exactly(0),
    storedGB: exactly(0),
    objectWrites: exactly(0),
    objectReads: exactly(0),
    backupGB: exactly(0),
    databaseBackupGB: exactly(0),
    databaseCreditHours: exactly(0),
    functionCallMillions: exactly(0),
    functionGBSeconds: exactly(0),
    crossRegionGB: exactly(0),
    functionCpuMillionMs: exactly(0),
    rowReadMillions: exactly(0),
    rowWriteMillions: exactly(0),
    workflowMinutes: exactly(0),
  } satisfies UsageQuantities,
} as const satisfies UsageProfile;

/** A few agents at work: an assumption to start from, not a measurement. */
export const SMALL = {
  name: "small",
  version: 1,
  quantities: {
    egressGB: range(1, 5, 20),
    natGB: range(5, 20, 100),
    balancerUnits: range(0.1, 0.5, 1),
    endpointGB: range(0.5, 2, 10),
    webRequestMillions: range(0.1, 0.5, 2),
    dnsQueryMillions: range(0.1, 0.5, 2),
    logGB: range(0.1, 0.5, 2),
    logStoredGB: range(0.1, 1, 6),
    containerMetrics: CONTAINER_METRICS,
    keyRequests: range(1_000, 10_000, 100_000),
    secretReads: range(100, 1_000, 10_000),
    messageMillions: range(0.01, 0.1, 1),
    emailHundredThousands: range(0.001, 0.005, 0.01),
    storedGB: range(1, 10, 50),
    objectWrites: range(1_000, 10_000, 100_000),
    objectReads: range(1_000, 10_000, 100_000),
    backupGB: range(5, 20, 60),
    databaseBackupGB: range(0, 0, 20),
    databaseCreditHours: range(0, 0, 20),
    functionCallMillions: range(0.01, 0.1, 1),
    functionGBSeconds: range(1_000, 10_000, 100_000),
    crossRegionGB: range(1, 5, 20),
    functionCpuMillionMs: range(0.1, 1, 10),
    rowReadMillions: range(1, 10, 100),
    rowWriteMillions: range(0.1, 1, 5),
    workflowMinutes: range(100, 500, 2_000),
  } satisfies UsageQuantities,
} as const satisfies UsageProfile;

/** The profiles that come with the package. */
export const USAGE_PROFILES = { idle: IDLE, small: SMALL } as const satisfies Record<string, UsageProfile>;

/** What the caller knows of the use. */
export interface UsageProps {
  /**
   * A profile of the package, or one of your own.
   * @default "idle"
   */
  readonly profile?: keyof typeof USAGE_PROFILES | UsageProfile;
  /**
   * Quantities that are known better, by Terraform address or construct path; a path holds for everything below it, and the nearest one counts.
   * @default - none
   */
  readonly declared?: Readonly<Record<string, Partial<UsageQuantities>>>;
}

export interface UsageSpec {
  readonly profile: UsageProfile;
  readonly declared: Readonly<Record<string, Partial<UsageQuantities>>>;
}

const KEYS = Object.keys(IDLE.quantities) as UsageKey[];
const KNOWN = { profile: true, declared: true } satisfies KeysOf<UsageProps>;

/** Checks what is said of the use; `Infinity` is allowed and makes the line unbounded. */
export function usageSpec(check: Check<UsageProps>, props: UsageProps): UsageSpec {
  const profile = profileOf(check, props.profile ?? "idle");
  const declared = props.declared ?? {};
  for (const [at, quantities] of Object.entries(declared)) checkQuantities(check, `declared.${at}`, quantities);
  return { profile, declared };
}

/** The keys that a check of usage props has to know. */
export const USAGE_PROPS: KeysOf<UsageProps> = KNOWN;

function profileOf(check: Check<UsageProps>, given: NonNullable<UsageProps["profile"]>): UsageProfile {
  if (typeof given === "string")
    return USAGE_PROFILES[check.oneOf("profile", Object.keys(USAGE_PROFILES) as (keyof typeof USAGE_PROFILES)[], "idle")];
  const own = check.nested("profile", given, { name: true, version: true, quantities: true } satisfies KeysOf<UsageProfile>);
  const name = own.text("name", { want: "a name of 1 to 64 characters", maxLength: 64 });
  const version = own.integer("version", { min: 1, max: Infinity });
  checkQuantities(check, "profile.quantities", given.quantities);
  return { name, version, quantities: given.quantities ?? {} };
}

function checkQuantities(check: Check<UsageProps>, prop: string, quantities: Partial<UsageQuantities>): void {
  const nested = check.nested(prop, quantities, KEYS);
  for (const [key, value] of Object.entries(quantities ?? {})) {
    if (!KEYS.includes(key as UsageKey) || isRange(value)) continue;
    nested.issue(key, value, "low, expected and high: numbers of 0 or more in rising order");
  }
}

function isRange(value: unknown): value is Range {
  const { low, expected, high } = (value ?? {}) as Partial<Range>;
  const numbers = [low, expected, high].every((number) => typeof number === "number" && number >= 0);
  return numbers && (low as number) <= (expected as number) && (expected as number) <= (high as number);
}
