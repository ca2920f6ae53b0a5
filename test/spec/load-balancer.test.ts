import fc from "fast-check";
import type { SpecContext } from "../../lib/spec/context";
import { drainSeconds, loadBalancerSpec, type LoadBalancerProps } from "../../lib/spec/load-balancer";
import type { LoadBalancerLimits } from "../../lib/spec/load-balancer-limits";

const CONTEXT: SpecContext = { path: "stack/Front", profile: "production" };
const LIMITS: LoadBalancerLimits<string> = {
  zones: { found: ["here-a", "here-b"], min: 2 },
  reachable: true,
  networkCidr: "10.20.0.0/16",
  certificate: "issued",
  dnsManaged: true,
  dnsProp: "zoneId",
  maxDomainLength: 64,
  maxAlternativeDomains: 2,
  idleTimeoutSeconds: { min: 1, max: 4000 },
  accessLogRetention: { default: 365 },
  webFirewall: { rules: ["BigBodies", "BadAgents"], counts: ["BigBodies"], logRetention: { default: 365, allowed: [30, 365] } },
  source: "the provider's limit",
  pathOf: (firewall) => firewall,
};
const BASE: LoadBalancerProps<string> = { domain: "api.acme.dev" };

const spec = (props: Partial<LoadBalancerProps<string>> = {}, limits: Partial<LoadBalancerLimits<string>> = {}) =>
  loadBalancerSpec({ ...BASE, ...props }, CONTEXT, { ...LIMITS, ...limits });

describe("loadBalancerSpec", () => {
  test("is internal and closed to everybody outside the network by default", () => {
    expect(spec()).toEqual({
      profile: "production",
      exposure: "internal",
      domain: "api.acme.dev",
      alternativeDomains: [],
      certificate: "issued",
      dnsManaged: true,
      allowFrom: { network: { cidr: "10.20.0.0/16" } },
      minTlsVersion: "1.2",
      redirectHttp: false,
      idleTimeoutSeconds: 60,
      accessLogRetentionDays: 365,
      webFirewall: undefined,
      testListener: undefined,
    });
  });

  test("has a redirect and a web firewall when it is public", () => {
    expect(spec({ exposure: "public" })).toMatchObject({
      allowFrom: { internet: "internet" },
      redirectHttp: true,
      webFirewall: { requestsPer5Minutes: 2000, countOnly: ["BigBodies"], logRetentionDays: 365 },
    });
  });

  test("keeps WebSocket connections open", () => {
    expect(spec({ websocket: true }).idleTimeoutSeconds).toBe(300);
    expect(drainSeconds({ websocket: true })).toBe(300);
    expect(drainSeconds({})).toBe(30);
    expect(drainSeconds({ websocket: true, drainSeconds: 60 })).toBe(60);
  });

  test("names are in one order, however they are given", () => {
    expect(spec({ alternativeDomains: ["b.acme.dev", "a.acme.dev"] })).toEqual(spec({ alternativeDomains: ["a.acme.dev", "b.acme.dev"] }));
  });

  test("a given certificate may be for a longer name", () => {
    const domain = `${"a".repeat(60)}.acme.dev`;
    expect(spec({ domain }, { certificate: "given" }).domain).toBe(domain);
    expect(() => spec({ domain })).toThrow("at most 64 characters");
  });

  test("the idle timeout outlives two pings, whatever is asked for", () => {
    const seconds = fc.option(fc.integer({ min: -10, max: 5000 }), { nil: undefined });
    fc.assert(
      fc.property(seconds, seconds, (pingIntervalSeconds, idleTimeoutSeconds) => {
        const ping = pingIntervalSeconds ?? 30;
        const inRange =
          ping >= 1 && ping <= 2000 && (idleTimeoutSeconds === undefined || (idleTimeoutSeconds >= 1 && idleTimeoutSeconds <= 4000));
        const valid = inRange && (idleTimeoutSeconds === undefined || idleTimeoutSeconds >= 2 * ping);
        const build = () => spec({ websocket: true, pingIntervalSeconds, idleTimeoutSeconds }).idleTimeoutSeconds;
        if (!valid) expect(build).toThrow();
        else expect(build()).toBe(idleTimeoutSeconds ?? Math.max(300, 2 * ping));
      }),
    );
  });

  test.each<[string, Partial<LoadBalancerProps<string>>, Partial<LoadBalancerLimits<string>>?]>([
    ["no domain", { domain: undefined }],
    ["a domain that is a URL", { domain: "https://api.acme.dev" }],
    ["a domain in upper case", { domain: "API.acme.dev" }],
    ["a domain known only after apply", { domain: "${TfToken[TOKEN.0]}" }],
    ["a wildcard as further domain", { alternativeDomains: ["*.acme.dev"] }],
    ["a domain twice", { alternativeDomains: ["api.acme.dev"] }],
    ["too many domains", { alternativeDomains: ["a.acme.dev", "b.acme.dev", "c.acme.dev"] }],
    ["further domains without a zone for their records", { alternativeDomains: ["a.acme.dev"] }, { dnsManaged: false }],
    ["an unknown exposure", { exposure: "publik" as "public" }],
    ["a public balancer in a network without public subnets", { exposure: "public" }, { reachable: false }],
    ["a network with one zone", {}, { zones: { found: ["here-a"], min: 2 } }],
    ["the world on an internal balancer", { allowFrom: { world: "internet" } }],
    ["the world as a range on an internal balancer", { allowFrom: { world: { cidr: "0.0.0.0/0" } } }],
    ["a peer with host bits", { allowFrom: { office: { cidr: "192.0.2.7/24" } } }],
    ["a peer of another form", { allowFrom: { office: { ip: "192.0.2.7" } as never } }],
    ["a peer name with blanks", { allowFrom: { "the office": { cidr: "192.0.2.0/24" } } }],
    ["nobody", { allowFrom: {} }],
    ["an idle timeout shorter than two pings", { websocket: true, idleTimeoutSeconds: 50, pingIntervalSeconds: 30 }],
    ["an idle timeout out of range", { idleTimeoutSeconds: 5000 }],
    ["an idle timeout that is no number", { idleTimeoutSeconds: NaN }],
    ["a negative idle timeout", { idleTimeoutSeconds: -1 }],
    ["a fraction of a second", { idleTimeoutSeconds: 0.5 }],
    ["pings without WebSocket", { pingIntervalSeconds: 30 }],
    ["a drain out of range", { drainSeconds: 4000 }],
    ["a log retention of nothing", { accessLogRetentionDays: 0 }],
    ["an old TLS", { minTlsVersion: "1.0" as "1.2" }],
    ["a rate limit that the provider does not take", { webFirewall: { requestsPer5Minutes: 5 } }],
    ["an unknown managed rule", { webFirewall: { countOnly: ["Bodies"] } }],
    ["a retention that the log service does not know", { webFirewall: { logRetentionDays: 100 } }],
    ["a test listener on the port of the traffic", { testListener: { port: 443, allowFrom: { office: { cidr: "192.0.2.0/24" } } } }],
    ["a test listener for the world", { exposure: "public", testListener: { port: 8443, allowFrom: { world: "internet" } } }],
    ["a test listener for nobody", { testListener: { port: 8443 } as never }],
    ["an unknown profile", { profile: "prod" as "production" }],
    ["an unknown prop", { domains: ["api.acme.dev"] } as never],
  ])("fails on %s", (_name, props, limits = {}) => {
    expect(() => spec(props, limits)).toThrowErrorMatchingSnapshot();
  });
});

/** A provider that lacks what can be lacked, keeps no names of peers, and knows one set of targets. */
describe("loadBalancerSpec of a simple provider", () => {
  const lacks = { drainSeconds: "there is no drain", testListener: "there are no canaries", "target.protocol": "it decrypts" };
  const simple = (props: object = {}, target: object = { port: 8080 }) =>
    loadBalancerSpec(
      { ...BASE, ...props },
      { ...CONTEXT, lacks, providerProps: { target: () => undefined } as never },
      {
        ...LIMITS,
        accessLogRetention: undefined,
        webFirewall: undefined,
        tlsVersions: ["1.2"],
        idleTimeoutSeconds: { min: 30, max: 600 },
        peerKinds: ["internet", "cidr"],
        peerNames: false,
        target: {
          props: target as never,
          own: ["tag"],
          limits: { protocols: ["http"], minHealthTimeoutSeconds: 3, source: "the provider's limit" },
        },
      },
    );

  test("has nothing in its spec of what is lacking, and its target instead of routes", () => {
    expect(JSON.parse(JSON.stringify(simple({ exposure: "public" })))).toEqual({
      profile: "production",
      exposure: "public",
      domain: "api.acme.dev",
      alternativeDomains: [],
      certificate: "issued",
      dnsManaged: true,
      allowFrom: { internet: "internet" },
      minTlsVersion: "1.2",
      redirectHttp: true,
      idleTimeoutSeconds: 60,
      target: {
        port: 8080,
        protocol: "http",
        healthCheck: { path: "/healthz", intervalSeconds: 15, timeoutSeconds: 5, healthyCount: 2, unhealthyCount: 3 },
        sticky: false,
      },
    });
  });

  test("peers without names are the same whatever they are called, and in whatever order", () => {
    const ranges = fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(ranges, (numbers) => {
        const peers = numbers.map((number) => ({ cidr: `10.${number}.0.0/16` }));
        const named = (prefix: string, all: typeof peers) => Object.fromEntries(all.map((peer, index) => [`${prefix}${index}`, peer]));
        const one = simple({ allowFrom: named("a", peers) }).allowFrom;
        const other = simple({ allowFrom: named("b", [...peers].reverse()) }).allowFrom;
        expect(Object.entries(one)).toEqual(Object.entries(other));
        expect(Object.keys(one).sort()).toEqual(peers.map(({ cidr }) => cidr).sort());
      }),
    );
  });

  test("fails with every problem at once", () => {
    const build = () =>
      simple(
        {
          minTlsVersion: "1.3",
          idleTimeoutSeconds: 601,
          drainSeconds: 30,
          testListener: {},
          allowFrom: { edge: { prefixList: "pl-1" }, app: { firewall: "stack/App" } },
        },
        { port: 0, protocol: "https", sticky: "yes", healthCheck: { timeoutSeconds: 2, intervalSeconds: 301 }, tags: [] },
      );
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "stack/Front: 12 problems
       - drainSeconds: got 30, want nothing: there is no drain; remove it
       - testListener: got {}, want nothing: there are no canaries; remove it
       - idleTimeoutSeconds: got 601, want a whole number, 30 to 600 (the provider's limit)
       - allowFrom.edge: got {"prefixList":"pl-1"}, want one of "internet", { cidr } (the provider's limit); give the ranges of its addresses
       - allowFrom.app: got {"firewall":"stack/App"}, want one of "internet", { cidr } (the provider's limit); give the ranges of its addresses
       - minTlsVersion: got "1.3", want "1.2" (the provider's limit)
       - target.protocol: got "https", want nothing: it decrypts; remove it
       - target.tags: got [], want no such prop; did you mean "tag"?
       - target.port: got 0, want a whole number, 1 to 65535
       - target.healthCheck.intervalSeconds: got 301, want a whole number, 5 to 300 (the provider's limit)
       - target.healthCheck.timeoutSeconds: got 2, want a whole number, 3 to 120 (the provider's limit)
       - target.sticky: got "yes", want true or false"
    `);
  });
});
