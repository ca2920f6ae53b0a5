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
