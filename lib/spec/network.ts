import { type Check, isToken, type KeysOf } from "./check";
import { formatRange, hasHostBits, networkOf, overlaps, slot, tryRange, type Range } from "./cidr";
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
  /** Zones by name, such as `us-east-1a`. Two or more in production. */
  readonly zones: readonly string[];
  /** How workloads reach the internet. */
  readonly egress: Egress;
  /**
   * Tiers that get subnets in every zone.
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
   * @default 365
   */
  readonly flowLogRetentionDays?: number;
}

/** One subnet: its slot depends on tier and zone letter only. */
export interface SubnetSpec {
  readonly tier: Tier;
  readonly zone: string;
  readonly cidr: string;
}

export interface NetworkSpec {
  readonly profile: Profile;
  readonly cidr: string;
  readonly zones: readonly string[];
  readonly egress: Egress;
  readonly tiers: readonly Tier[];
  readonly subnets: readonly SubnetSpec[];
  readonly flowLogRetentionDays: number;
}

/** What the provider allows. */
export interface NetworkLimits {
  /** Shortest and longest prefix of the whole network, such as 16 and 23. */
  readonly prefix: { readonly min: number; readonly max: number };
  /** Retention periods that the provider's log service knows. */
  readonly logRetentionDays: readonly number[];
  /** Region of the provider, when it is known at synth. */
  readonly region?: string;
  /** Words for a zone, such as `a zone of us-east-1 such as "us-east-1a"`. */
  readonly zoneWant: string;
  /** Where the limits come from. */
  readonly source: string;
  /** The letter of a zone in a region; undefined when the zone is not one of that region. */
  zoneLetter(zone: string, region: string | undefined): string | undefined;
}

const KNOWN = {
  profile: true,
  cidr: true,
  zones: true,
  egress: true,
  tiers: true,
  peeredCidrs: true,
  flowLogRetentionDays: true,
} satisfies KeysOf<NetworkProps>;

/** Three tiers and one spare, eight zone letters each: 32 slots, so 5 bits. */
const SLOT_BITS = 5;
const ZONE_LETTERS = "abcdefgh";

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
  const check = openCheck<NetworkProps>(props, KNOWN, context);
  const profile = check.oneOf("profile", PROFILES, context.profile);
  const egress = check.oneOf("egress", EGRESS);
  const range = checkCidr(check, limits);
  const zones = checkZones(check, props, limits, profile);
  const tiers = checkTiers(check, props, egress);
  const flowLogRetentionDays = checkRetention(check, props, limits);
  return check.done({
    profile,
    cidr: formatRange(range),
    zones: zones.map((zone) => zone.name),
    egress,
    tiers,
    subnets: tiers.flatMap((tier) =>
      zones.map((zone) => ({ tier, zone: zone.name, cidr: formatRange(subnetSlot(range, tier, zone.letter)) })),
    ),
    flowLogRetentionDays,
  });
}

function subnetSlot(range: Range, tier: Tier, letter: string): Range {
  return slot(range, SLOT_BITS, TIERS.indexOf(tier) * ZONE_LETTERS.length + ZONE_LETTERS.indexOf(letter));
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
  if (range.prefix > max) {
    check.issue("cidr", cidr, `room for 32 subnet slots, /${max} or larger (${limits.source})`, `use /${max} or a shorter prefix`);
  }
  if (hasHostBits(range)) check.issue("cidr", cidr, "the first address of the range", `use "${formatRange(networkOf(range))}"`);
  for (const peer of check.list<string>("peeredCidrs", "a list of IPv4 ranges", [])) {
    const other = typeof peer === "string" ? tryRange(peer) : undefined;
    if (other === undefined) check.issue("peeredCidrs", peer, 'IPv4 ranges such as "10.30.0.0/16"');
    else if (overlaps(range, networkOf(other)))
      check.issue("cidr", cidr, `no overlap with the peered range ${peer}`, "choose another range");
  }
  return range;
}

interface Zone {
  readonly name: string;
  readonly letter: string;
}

function checkZones(check: Check<NetworkProps>, props: NetworkProps, limits: NetworkLimits, profile: Profile): readonly Zone[] {
  const names = check.list<string>("zones", "a list of zone names");
  const zones = names.map((name): Zone => {
    const letter = typeof name === "string" && !isToken(name) ? limits.zoneLetter(name, limits.region) : undefined;
    if (letter === undefined || !ZONE_LETTERS.includes(letter)) check.issue("zones", name, limits.zoneWant);
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

function checkTiers(check: Check<NetworkProps>, props: NetworkProps, egress: Egress): readonly Tier[] {
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
  if (egress.startsWith("nat-") && !tiers.includes("public")) {
    check.issue("tiers", props.tiers, `the tier "public" with egress "${egress}": the NAT lives there`, 'add "public"');
  }
  return TIERS.filter((tier) => tiers.includes(tier));
}

function checkRetention(check: Check<NetworkProps>, props: NetworkProps, limits: NetworkLimits): number {
  const days = check.integer("flowLogRetentionDays", { min: 1, max: 3653, default: 365 });
  if (!limits.logRetentionDays.includes(days) && props?.flowLogRetentionDays === days) {
    check.issue("flowLogRetentionDays", days, `one of ${limits.logRetentionDays.join(", ")}`);
  }
  return days;
}

/** The tier in which workloads of this network run: the most closed one that still reaches the internet if any does. */
export function workloadTier(spec: Pick<NetworkSpec, "tiers" | "egress">): Tier {
  if (spec.tiers.includes("private")) return "private";
  return spec.egress === "public-ip" ? "public" : (spec.tiers[spec.tiers.length - 1] as Tier);
}
