import { type Check, isToken, type KeysOf } from "./check";
import { contains, formatRange, hasHostBits, networkOf, overlaps, slot, tryRange, type Range } from "./cidr";
import { openCheck, PROFILES, type CommonProps, type Profile, type SpecContext } from "./context";

/**
 * Who a subnet can talk to. `public`: reached from and reaching the internet; `private`: reaches the internet through a NAT;
 * `isolated`: no route to the internet.
 */
export type Tier = "public" | "private" | "isolated";

export const TIERS = ["public", "private", "isolated"] as const satisfies readonly Tier[];

/** How workloads reach the internet. Each costs differently; see the price of the provider. */
export type Egress = "none" | "nat-instance" | "nat-gateway" | "nat-gateway-per-zone" | "public-ip";

export const EGRESS = ["none", "nat-instance", "nat-gateway", "nat-gateway-per-zone", "public-ip"] as const satisfies readonly Egress[];

export interface NetworkProps extends CommonProps {
  /** IPv4 range of the network, such as `10.20.0.0/16`. It is cut into fixed slots, so that tiers and zones can be added later. */
  readonly cidr: string;
  /** Zones by name, as the provider calls them. Two or more in production. */
  readonly zones: readonly string[];
  /** How workloads reach the internet. */
  readonly egress: Egress;
  /**
   * Tiers that get subnets: one in every zone, or one for all zones where subnets span them.
   * @default - all that the egress can serve: `none` isolated; `public-ip` public and isolated; NAT all three
   */
  readonly tiers?: readonly Tier[];
  /**
   * Ranges this network will be connected to, such as an office or another network: none may overlap with `cidr`.
   * @default []
   */
  readonly peeredCidrs?: readonly string[];
  /**
   * Days for which flow logs are kept.
   * @default 365, or the longest period that the provider keeps
   */
  readonly flowLogRetentionDays?: number;
}

/** One subnet: its slot depends on tier and zone letter only. */
export interface SubnetSpec {
  readonly tier: Tier;
  /** Absent where subnets span all zones. */
  readonly zone?: string;
  readonly cidr: string;
}

/** What a provider lacks is absent: a network without zones, or without subnets at all. */
export interface NetworkSpec {
  readonly profile?: Profile;
  readonly cidr: string;
  readonly zones?: readonly string[];
  readonly egress: Egress;
  readonly tiers?: readonly Tier[];
  readonly subnets?: readonly SubnetSpec[];
  readonly flowLogRetentionDays?: number;
}

/** A network in which every subnet lies in one zone. */
export interface ZonalNetworkSpec extends Required<NetworkSpec> {
  readonly subnets: readonly Required<SubnetSpec>[];
}

/** A network whose subnets span the zones of their region. */
export type RegionalNetworkSpec = Required<Omit<NetworkSpec, "profile" | "zones">>;

/** What the provider allows. */
export interface NetworkLimits {
  /** Shortest and longest prefix of the whole network, such as 16 and 23. */
  readonly prefix: { readonly min: number; readonly max: number };
  /**
   * Ranges in which the network must lie.
   * @default - anywhere
   */
  readonly within?: readonly string[];
  /**
   * Ranges that the provider keeps for itself.
   * @default []
   */
  readonly reserved?: readonly string[];
  /**
   * Ways to the internet that the provider has.
   * @default - all of them
   */
  readonly egress?: readonly Egress[];
  /** Whether a NAT lives in a public subnet, so that there must be one. Only where there are subnets. */
  readonly natNeedsPublicTier?: boolean;
  /** Retention periods that the provider's log service knows. Only where there are flow logs. */
  readonly logRetentionDays?: readonly number[];
  /** How zones are named. Only where subnets lie in zones. */
  readonly zones?: ZoneLimits;
  /** Where the limits come from. */
  readonly source: string;
}

export interface ZoneLimits {
  /** Region of the provider, when it is known at synth. */
  readonly region?: string;
  /** Words for a zone, such as `a zone of the provider's region`. */
  readonly want: string;
  /** The letter of a zone in a region; undefined when the zone is not one of that region. */
  letterOf(zone: string, region: string | undefined): string | undefined;
}

/** The props that are the same on every provider that has them. */
export const NETWORK_PROPS = {
  profile: true,
  cidr: true,
  zones: true,
  egress: true,
  tiers: true,
  peeredCidrs: true,
  flowLogRetentionDays: true,
} satisfies KeysOf<NetworkProps>;

/** Three tiers and one spare. */
const TIER_BITS = 2;
/** Eight zone letters in each tier. */
const ZONE_BITS = 3;
const ZONE_LETTERS = "abcdefgh";
const DEFAULT_RETENTION_DAYS = 365;

const TIERS_OF: Record<Egress, readonly Tier[]> = {
  none: ["isolated"],
  "public-ip": ["public", "isolated"],
  "nat-instance": TIERS,
  "nat-gateway": TIERS,
  "nat-gateway-per-zone": TIERS,
};

/**
 * The network after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function networkSpec(props: NetworkProps, context: SpecContext, limits: NetworkLimits): NetworkSpec {
  const check = openCheck<NetworkProps>(props, NETWORK_PROPS, context);
  const profile = check.unlessLacking("profile", () => check.oneOf("profile", PROFILES, context.profile));
  const egress = check.oneOf("egress", limits.egress ?? EGRESS);
  const range = checkCidr(check, limits);
  const zones = check.unlessLacking("zones", () => checkZones(check, props, limits.zones, profile ?? context.profile));
  const asked = EGRESS.includes(props?.egress) ? props.egress : egress;
  const tiers = check.unlessLacking("tiers", () => checkTiers(check, props, asked, limits.natNeedsPublicTier));
  const flowLogRetentionDays = check.unlessLacking("flowLogRetentionDays", () => checkRetention(check, props, limits));
  return check.done({
    ...(profile === undefined ? {} : { profile }),
    cidr: formatRange(range),
    ...(zones === undefined ? {} : { zones: zones.map((zone) => zone.name) }),
    egress,
    ...(tiers === undefined ? {} : { tiers, subnets: tiers.flatMap((tier) => subnetsOf(range, tier, zones)) }),
    ...(flowLogRetentionDays === undefined ? {} : { flowLogRetentionDays }),
  });
}

function subnetsOf(range: Range, tier: Tier, zones: readonly Zone[] | undefined): readonly SubnetSpec[] {
  const tierIndex = TIERS.indexOf(tier);
  if (zones === undefined) return [{ tier, cidr: formatRange(slot(range, TIER_BITS, tierIndex)) }];
  return zones.map(({ name, letter }) => {
    const index = tierIndex * ZONE_LETTERS.length + ZONE_LETTERS.indexOf(letter);
    return { tier, zone: name, cidr: formatRange(slot(range, TIER_BITS + ZONE_BITS, index)) };
  });
}

function checkCidr(check: Check<NetworkProps>, limits: NetworkLimits): Range {
  const { min, max } = limits.prefix;
  const want = `an IPv4 range from /${min} to /${max} such as "10.20.0.0/16" (${limits.source})`;
  const cidr = check.text("cidr", { want });
  const range = isToken(cidr) ? undefined : tryRange(cidr);
  if (range === undefined) {
    if (cidr !== "" && !isToken(cidr)) check.issue("cidr", cidr, want);
    return { first: 0, prefix: min };
  }
  if (range.prefix < min) check.issue("cidr", cidr, want, `use /${min} or a longer prefix`);
  if (range.prefix > max) check.issue("cidr", cidr, roomFor(check, limits), `use /${max} or a shorter prefix`);
  if (hasHostBits(range)) check.issue("cidr", cidr, "the first address of the range", `use "${formatRange(networkOf(range))}"`);
  checkPlace(check, networkOf(range), cidr, limits);
  return range;
}

function roomFor(check: Check<NetworkProps>, { prefix: { max }, source }: NetworkLimits): string {
  const slots = check.lacks("tiers") ? 0 : 2 ** (TIER_BITS + (check.lacks("zones") ? 0 : ZONE_BITS));
  return `${slots === 0 ? "" : `room for ${slots} subnet slots, `}/${max} or larger (${source})`;
}

/** Where the range lies: where the provider has networks, and apart from what the network will be connected to. */
function checkPlace(check: Check<NetworkProps>, range: Range, cidr: string, limits: NetworkLimits): void {
  const { within, reserved = [], source } = limits;
  if (within !== undefined && !within.some((outer) => contains(tryRange(outer) as Range, range))) {
    check.issue("cidr", cidr, `a private range, inside ${within.join(", ")} (${source})`);
  }
  for (const taken of reserved.filter((other) => overlaps(range, tryRange(other) as Range))) {
    check.issue("cidr", cidr, `no overlap with ${taken}, which the provider keeps for itself (${source})`, "choose another range");
  }
  for (const peer of check.list<string>("peeredCidrs", "a list of IPv4 ranges", [])) {
    const other = typeof peer === "string" ? tryRange(peer) : undefined;
    if (other === undefined) check.issue("peeredCidrs", peer, 'IPv4 ranges such as "10.30.0.0/16"');
    else if (overlaps(range, networkOf(other)))
      check.issue("cidr", cidr, `no overlap with the peered range ${peer}`, "choose another range");
  }
}

interface Zone {
  readonly name: string;
  readonly letter: string;
}

function checkZones(check: Check<NetworkProps>, props: NetworkProps, limits: ZoneLimits | undefined, profile: Profile): readonly Zone[] {
  const names = check.list<string>("zones", "a list of zone names");
  const zones = names.map((name): Zone => {
    const letter = typeof name === "string" && !isToken(name) ? limits?.letterOf(name, limits.region) : undefined;
    if (letter === undefined || !ZONE_LETTERS.includes(letter)) check.issue("zones", name, limits?.want ?? "no zone");
    return { name, letter: letter ?? "a" };
  });
  for (const name of new Set(names.filter((zone, index) => names.indexOf(zone) !== index))) {
    check.issue("zones", name, "every zone once", "remove the second one");
  }
  const least = profile === "production" ? 2 : 1;
  if (names.length < least && Array.isArray(props?.zones)) {
    const fix = profile === "production" ? 'add a zone; or set profile "sandbox"' : undefined;
    check.issue("zones", names, `${least} or more zones when profile is "${profile}"`, fix);
  }
  return zones;
}

function checkTiers(
  check: Check<NetworkProps>,
  props: NetworkProps,
  egress: Egress,
  natNeedsPublicTier: boolean | undefined,
): readonly Tier[] {
  const possible = TIERS_OF[egress];
  const tiers = check.list<Tier>("tiers", `a list of ${TIERS.join(", ")}`, possible);
  for (const tier of tiers) {
    if (!TIERS.includes(tier)) check.issue("tiers", tier, `one of ${TIERS.join(", ")}`);
    else if (!possible.includes(tier)) {
      const fix = tier === "private" ? 'choose a NAT egress, or the tier "isolated"' : "choose another egress";
      check.issue("tiers", tier, `a tier that has a route with egress "${egress}": ${possible.join(", ")}`, fix);
    }
  }
  if (tiers.length === 0) check.issue("tiers", tiers, "one tier or more");
  if (new Set(tiers).size !== tiers.length) check.issue("tiers", tiers, "every tier once");
  if (natNeedsPublicTier && egress.startsWith("nat-") && !tiers.includes("public")) {
    check.issue("tiers", props.tiers, `the tier "public" with egress "${egress}": the NAT lives there`, 'add "public"');
  }
  return TIERS.filter((tier) => tiers.includes(tier));
}

function checkRetention(check: Check<NetworkProps>, props: NetworkProps, { logRetentionDays = [] }: NetworkLimits): number {
  const longest = Math.max(...logRetentionDays.filter((days) => days <= DEFAULT_RETENTION_DAYS));
  const days = check.integer("flowLogRetentionDays", { min: 1, max: 3653, default: longest });
  if (!logRetentionDays.includes(days) && props?.flowLogRetentionDays === days) {
    check.issue("flowLogRetentionDays", days, `one of ${logRetentionDays.join(", ")}`);
  }
  return days;
}

/** The tier in which workloads of this network run: the most closed one that still reaches the internet if any does. */
export function workloadTier(spec: { readonly tiers: readonly Tier[]; readonly egress: Egress }): Tier {
  if (spec.tiers.includes("private")) return "private";
  return spec.egress === "public-ip" ? "public" : (spec.tiers[spec.tiers.length - 1] as Tier);
}
