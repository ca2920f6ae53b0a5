import fc from "fast-check";
import { contains, formatRange, hasHostBits, networkOf, overlaps, sizeOf, tryRange, type Range } from "../../lib/spec/cidr";
import type { SpecContext } from "../../lib/spec/context";
import {
  networkSpec,
  TIERS,
  workloadTier,
  type Egress,
  type NetworkLimits,
  type NetworkProps,
  type ZonalNetworkSpec,
} from "../../lib/spec/network";

const CONTEXT: SpecContext = { path: "stack/Net", profile: "production" };
const LIMITS: NetworkLimits = {
  prefix: { min: 16, max: 23 },
  logRetentionDays: [30, 365],
  natNeedsPublicTier: true,
  zones: { want: 'a zone such as "here-a"', letterOf: (zone) => /^here-([a-h])$/.exec(zone)?.[1] },
  source: "the provider's limit",
};
const BASE: NetworkProps = { cidr: "10.20.0.0/16", zones: ["here-a", "here-b"], egress: "nat-gateway" };

const spec = (props: Partial<NetworkProps> = {}) => networkSpec({ ...BASE, ...props }, CONTEXT, LIMITS) as ZonalNetworkSpec;
const range = (cidr: string) => tryRange(cidr) as Range;

describe("networkSpec", () => {
  test("gives every tier and zone its slot", () => {
    expect(spec().subnets).toEqual([
      { tier: "public", zone: "here-a", cidr: "10.20.0.0/21" },
      { tier: "public", zone: "here-b", cidr: "10.20.8.0/21" },
      { tier: "private", zone: "here-a", cidr: "10.20.64.0/21" },
      { tier: "private", zone: "here-b", cidr: "10.20.72.0/21" },
      { tier: "isolated", zone: "here-a", cidr: "10.20.128.0/21" },
      { tier: "isolated", zone: "here-b", cidr: "10.20.136.0/21" },
    ]);
  });

  test.each<[Egress, readonly string[], string]>([
    ["none", ["isolated"], "isolated"],
    ["public-ip", ["public", "isolated"], "public"],
    ["nat-instance", TIERS, "private"],
    ["nat-gateway", TIERS, "private"],
    ["nat-gateway-per-zone", TIERS, "private"],
  ])("egress %s has the tiers it can serve, and workloads in the most closed one", (egress, tiers, workloads) => {
    const network = spec({ egress });
    expect(network.tiers).toEqual(tiers);
    expect(workloadTier(network)).toBe(workloads);
  });

  test("a sandbox may have one zone", () => {
    expect(spec({ profile: "sandbox", zones: ["here-a"] }).zones).toEqual(["here-a"]);
  });

  const zones = fc
    .subarray(["a", "b", "c", "d", "e", "f", "g", "h"], { minLength: 2 })
    .map((letters) => letters.map((letter) => `here-${letter}`));
  const tiers = fc.subarray([...TIERS], { minLength: 1 }).map((list) => [...new Set(["public" as const, ...list])]);
  const cidr = fc.tuple(fc.integer({ min: 16, max: 23 }), fc.nat(255)).map(([prefix, octet]) => `10.${octet}.0.0/${prefix}`);

  test("subnets never overlap and lie in the network, whatever is asked for", () => {
    fc.assert(
      fc.property(cidr, zones, tiers, (cidr, zones, tiers) => {
        const { subnets } = spec({ cidr, zones, tiers });
        const ranges = subnets.map((subnet) => range(subnet.cidr));
        const whole = range(cidr);
        const inside = ranges.every(
          (part) => part.first >= whole.first && part.first + sizeOf(part.prefix) <= whole.first + sizeOf(whole.prefix),
        );
        const apart = ranges.every((a, i) => ranges.every((b, j) => i === j || !overlaps(a, b)));
        return inside && apart && ranges.every((part) => !hasHostBits(part)) && subnets.length === zones.length * tiers.length;
      }),
    );
  });

  test("adding zones and tiers in any order leaves every earlier subnet where it was", () => {
    fc.assert(
      fc.property(cidr, zones, tiers, zones, tiers, (cidr, zones, tiers, moreZones, moreTiers) => {
        const before = spec({ cidr, zones, tiers }).subnets;
        const after = spec({ cidr, zones: [...new Set([...moreZones, ...zones])], tiers: [...new Set([...moreTiers, ...tiers])] }).subnets;
        return before.every((subnet) => after.some((same) => JSON.stringify(same) === JSON.stringify(subnet)));
      }),
    );
  });

  test.each<[string, Partial<NetworkProps>]>([
    ["no range", { cidr: undefined }],
    ["something else", { cidr: "ten" }],
    ["octets over 255", { cidr: "10.300.0.0/16" }],
    ["IPv6", { cidr: "fd00::/64" }],
    ["host bits", { cidr: "10.20.1.5/16" }],
    ["a range too small for its tiers", { cidr: "10.20.0.0/24" }],
    ["a range too large", { cidr: "10.0.0.0/8" }],
    ["a range that overlaps with a peer", { peeredCidrs: ["10.20.240.0/20"] }],
    ["a peer that is no range", { peeredCidrs: ["office"] }],
    ["no zones", { zones: [] }],
    ["one zone in production", { zones: ["here-a"] }],
    ["an unknown zone", { zones: ["here-a", "there-b"] }],
    ["a zone twice", { zones: ["here-a", "here-a"] }],
    ["an unknown egress", { egress: "nat" as Egress }],
    ["a private tier without a way out", { egress: "none", tiers: ["private"] }],
    ["a public tier without a way in", { egress: "none", tiers: ["public", "isolated"] }],
    ["a NAT without a public tier", { tiers: ["private"] }],
    ["no tiers", { egress: "none", tiers: [] }],
    ["a tier twice", { tiers: ["public", "public"] }],
    ["an unknown tier", { tiers: ["public", "dmz" as "public"] }],
    ["a retention that the log service does not know", { flowLogRetentionDays: 100 }],
    ["a negative retention", { flowLogRetentionDays: -1 }],
    ["an unknown profile", { profile: "prod" as "production" }],
  ])("fails on %s", (_name, props) => {
    expect(() => spec(props)).toThrowErrorMatchingSnapshot();
  });
});

describe("networkSpec of a provider without zones", () => {
  const regional: SpecContext = { ...CONTEXT, lacks: { zones: "subnets span the region", profile: "there is nothing to choose" } };
  const limits: NetworkLimits = {
    prefix: { min: 16, max: 26 },
    within: ["10.0.0.0/8"],
    reserved: ["10.244.0.0/16"],
    egress: ["none", "nat-gateway"],
    logRetentionDays: [30, 180, 400],
    source: "the provider's limit",
  };
  const props = { cidr: "10.20.0.0/16", egress: "nat-gateway" } as NetworkProps;
  const one = (more: Partial<NetworkProps> = {}) => networkSpec({ ...props, ...more }, regional, limits);

  test("has one subnet in each tier, and nothing of what is lacking", () => {
    expect(one()).toEqual({
      cidr: "10.20.0.0/16",
      egress: "nat-gateway",
      tiers: TIERS,
      subnets: [
        { tier: "public", cidr: "10.20.0.0/18" },
        { tier: "private", cidr: "10.20.64.0/18" },
        { tier: "isolated", cidr: "10.20.128.0/18" },
      ],
      flowLogRetentionDays: 180,
    });
  });

  test("a NAT that lives in no subnet needs no public one", () => {
    expect(one({ tiers: ["private"] }).tiers).toEqual(["private"]);
  });

  test("without subnets and logs, only the range and the egress are left", () => {
    const lacks = { ...regional.lacks, tiers: "there are no subnets", flowLogRetentionDays: "there are no flow logs" };
    expect(networkSpec(props, { ...CONTEXT, lacks }, limits)).toEqual({ cidr: "10.20.0.0/16", egress: "nat-gateway" });
  });

  test("adding tiers in any order leaves every earlier subnet where it was", () => {
    const cidr = fc.tuple(fc.integer({ min: 16, max: 26 }), fc.nat(200)).map(([prefix, octet]) => `10.${octet}.0.0/${prefix}`);
    const tiers = fc.subarray([...TIERS], { minLength: 1 });
    fc.assert(
      fc.property(cidr, tiers, tiers, (cidr, tiers, more) => {
        const before = one({ cidr, tiers }).subnets ?? [];
        const after = one({ cidr, tiers: [...new Set([...more, ...tiers])] }).subnets ?? [];
        const whole = range(cidr);
        expect(after).toEqual(expect.arrayContaining([...before]));
        return after.every((subnet) => contains(whole, range(subnet.cidr)) && !hasHostBits(range(subnet.cidr)));
      }),
    );
  });

  test.each<[string, Partial<NetworkProps>, string]>([
    ["zones", { zones: ["a"] }, 'zones: got ["a"], want nothing: subnets span the region; remove it'],
    ["a profile", { profile: "sandbox" }, 'profile: got "sandbox", want nothing: there is nothing to choose; remove it'],
    ["an egress of others", { egress: "nat-instance" }, 'egress: got "nat-instance", want one of "none", "nat-gateway"'],
    ["a public range", { cidr: "8.8.0.0/16" }, 'cidr: got "8.8.0.0/16", want a private range, inside 10.0.0.0/8 (the provider\'s limit)'],
    ["a range that is kept", { cidr: "10.244.1.0/24" }, "want no overlap with 10.244.0.0/16, which the provider keeps for itself"],
    ["a range too small", { cidr: "10.20.0.0/27" }, "want room for 4 subnet slots, /26 or larger"],
    ["a retention of others", { flowLogRetentionDays: 365 }, "flowLogRetentionDays: got 365, want one of 30, 180, 400"],
  ])("fails on %s, with one problem", (_name, more, message) => {
    expect(() => one(more)).toThrow(message);
    expect(() => one(more)).toThrow(": 1 problem\n");
  });
});

describe("ranges", () => {
  const anyRange = fc.record({ first: fc.nat(2 ** 32 - 1), prefix: fc.integer({ min: 1, max: 32 }) });

  test("read what they write", () => {
    fc.assert(fc.property(anyRange, (any) => expect(tryRange(formatRange(any))).toEqual(any)));
  });

  test("without host bits start at a multiple of their size", () => {
    fc.assert(fc.property(anyRange, (any) => !hasHostBits(networkOf(any)) && overlaps(any, networkOf(any))));
  });

  test("contain what is in them, and nothing larger", () => {
    expect(contains(range("10.0.0.0/8"), range("10.255.0.0/16"))).toBe(true);
    expect(contains(range("10.0.0.0/8"), range("10.0.0.0/8"))).toBe(true);
    expect(contains(range("10.0.0.0/16"), range("10.0.0.0/8"))).toBe(false);
    expect(contains(range("10.0.0.0/8"), range("11.0.0.0/16"))).toBe(false);
  });

  test.each(["10.0.0.0", "10.0.0.0/33", "10.0.0/16", "010.0.0.0/8x", "10.0.0.256/24", ""])("do not read %p", (text) => {
    expect(tryRange(text)).toBeUndefined();
  });
});
