import type { TerraformStack } from "cdktf";
import {
  CloudflareAccess,
  CloudflareLoadBalancer,
  CloudflareNetwork,
  CloudflareTunnel,
  type CloudflareLoadBalancerProps,
  type CloudflarePlan,
} from "cdktf-governed-agents/cloudflare";
import { ACCOUNT, cfFacts, cfSynth, resourcesOf, ZONE } from "./support";

const zoneOf = (plan: CloudflarePlan = "pro") =>
  CloudflareNetwork.fromAttributes({ accountId: ACCOUNT, zoneId: ZONE, zoneName: "acme.dev", plan });

/** What balancers of other providers are: something with a name. */
const AWS = { hostname: "api.acme-aws.dev" };
const OCEAN = { hostname: "api.acme-do.dev" };

const POOLS: CloudflareLoadBalancerProps["pools"] = {
  aws: { targets: { virginia: { to: AWS } }, healthCheck: {} },
  ocean: { targets: { frankfurt: { to: OCEAN } }, healthCheck: { path: "/ready", intervalSeconds: 30, unhealthyCount: 3 } },
};
const BASE: CloudflareLoadBalancerProps = { zone: zoneOf(), domain: "api.acme.dev", pools: POOLS, fallbackPool: "ocean" };

const balanced = (stack: TerraformStack, props: object = {}, id = "Front") => new CloudflareLoadBalancer(stack, id, { ...BASE, ...props });
const synthWith = (props?: object) => cfSynth((stack) => balanced(stack, props));
const valuesOf = (result: ReturnType<typeof cfSynth>, type: string) => Object.values(resourcesOf(result, type));

const tunnelTo = (stack: TerraformStack) =>
  new CloudflareTunnel(stack, "Tunnel", { zone: zoneOf(), host: "vm.acme.dev", port: 8080, exposure: "public" });

describe("CloudflareLoadBalancer", () => {
  test.each<[string, Partial<CloudflareLoadBalancerProps>]>([
    ["the usual", {}],
    ["another order", { failoverOrder: ["ocean", "aws"], checkedFrom: ["WEU"] }],
    ["the nearest, in a sandbox", { steering: "latency", profile: "sandbox" }],
    ["by weight", { steering: "random", pools: { aws: { ...POOLS.aws!, weight: 0.75 }, ocean: { ...POOLS.ocean!, weight: 0.25 } } }],
    ["clients that stay", { steering: "least-connections", sessionAffinity: { seconds: 3600, drainSeconds: 60 } }],
    [
      "addresses and several targets",
      {
        fallbackPool: "own",
        pools: {
          own: {
            port: 8443,
            minHealthyTargets: 2,
            targets: { a: { to: "198.51.100.7", hostHeader: "own.acme.dev", weight: 0.5 }, b: { to: "b.acme-own.dev" } },
            healthCheck: { retries: 0, timeoutSeconds: 10, healthyCount: 1 },
          },
        },
      },
    ],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: unknown;
    const facts = cfFacts((stack) => (spec = balanced(stack, props).spec));
    expect(facts).toEqual([expect.objectContaining({ kind: "global-balancer", spec })]);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  const usual = synthWith();

  test("sends requests to the first healthy pool, and tries the next one at once when a target is gone", () => {
    const [balancer] = valuesOf(usual, "cloudflare_load_balancer");
    expect(balancer).toMatchObject({
      name: "api.acme.dev",
      zone_id: ZONE,
      proxied: true,
      lifecycle: { prevent_destroy: true },
      steering_policy: "off",
      session_affinity: "none",
      adaptive_routing: { failover_across_pools: true },
      default_pools: [expect.stringContaining("Pool-aws"), expect.stringContaining("Pool-ocean")],
      fallback_pool: expect.stringContaining("Pool-ocean"),
    });
    expect(balancer).not.toHaveProperty("random_steering");
  });

  test("asks each target by HTTPS under its own name, and checks its certificate", () => {
    expect(valuesOf(usual, "cloudflare_load_balancer_pool")).toMatchObject([
      {
        account_id: ACCOUNT,
        name: "test-front-aws",
        check_regions: ["WEU", "ENAM", "SEAS"],
        minimum_origins: 1,
        monitor: expect.stringContaining("Monitor-aws"),
        origins: [{ name: "virginia", address: "api.acme-aws.dev", port: 443, weight: 1, header: { host: ["api.acme-aws.dev"] } }],
      },
      { origins: [{ name: "frankfurt", address: "api.acme-do.dev", header: { host: ["api.acme-do.dev"] } }] },
    ]);
    expect(valuesOf(usual, "cloudflare_load_balancer_monitor")).toMatchObject([
      { type: "https", path: "/healthz", port: 443, interval: 60, timeout: 5, retries: 2, expected_codes: "2xx", allow_insecure: false },
      { path: "/ready", interval: 30, consecutive_down: 3 },
    ]);
  });

  test("says how long a silent target is noticed at the latest", () => {
    let balancer: CloudflareLoadBalancer | undefined;
    cfSynth((stack) => (balancer = balanced(stack)));
    expect(balancer?.hostname).toBe("api.acme.dev");
    expect(["aws", "ocean"].map((pool) => balancer?.detectionSeconds(pool))).toEqual([135, 105]);
  });

  test("a machine behind a tunnel is a target under the tunnel's name", () => {
    let spec: unknown;
    const build = (stack: TerraformStack) => {
      const pools = { vm: { targets: { own: { to: tunnelTo(stack) } }, healthCheck: {} } };
      spec = balanced(stack, { pools, fallbackPool: "vm" }).spec;
    };
    const [pool] = valuesOf(cfSynth(build), "cloudflare_load_balancer_pool");
    expect(pool?.origins).toMatchObject([
      { address: expect.stringMatching(/Tunnel_\w+\.id\}\.cfargotunnel\.com$/), header: { host: ["vm.acme.dev"] } },
    ]);
    expect(cfFacts(build).find(({ kind }) => kind === "global-balancer")?.spec).toEqual(spec);
    expect(spec).toMatchObject({ pools: { vm: { targets: { own: { host: "vm.acme.dev", through: "tunnel" } } } } });
  });

  test("beside its zone it is a balancer like others: public, HTTPS only", () => {
    const facts = cfFacts((stack) => {
      const zone = new CloudflareNetwork(stack, "Net", { accountId: ACCOUNT, domain: "acme.dev", minTlsVersion: "1.3" });
      balanced(stack, { zone });
    });
    expect(facts.map(({ kind }) => kind).sort()).toEqual(["global-balancer", "load-balancer", "zone"]);
    expect(facts.find(({ kind }) => kind === "load-balancer")?.spec).toMatchObject({
      exposure: "public",
      domain: "api.acme.dev",
      minTlsVersion: "1.3",
      redirectHttp: true,
    });
  });

  test("a pool more, and another order, leave the other pools where they are", () => {
    const idp = { targets: { phoenix: { to: "api.acme-oci.dev" } }, healthCheck: {} };
    const grown = synthWith({ pools: { oci: idp, ...POOLS }, failoverOrder: ["ocean", "oci", "aws"] });
    expect(resourcesOf(grown, "cloudflare_load_balancer_pool")).toMatchObject(resourcesOf(usual, "cloudflare_load_balancer_pool"));
    expect(valuesOf(grown, "cloudflare_load_balancer")[0]?.default_pools).toEqual(
      ["ocean", "oci", "aws"].map((name) => expect.stringContaining(`Pool-${name}`)),
    );
  });

  const problemsOf = (props: object | ((stack: TerraformStack) => object)) => () =>
    cfSynth((stack) => balanced(stack, typeof props === "function" ? props(stack) : props));
  const pool = (targets: object, more: object = {}) => ({ targets, healthCheck: {}, ...more });

  test("fails on pools without checks, without targets, and without one to fall back to", () => {
    expect(
      problemsOf({ pools: { aws: { targets: { a: { to: AWS } } }, empty: { targets: {}, healthCheck: {} } }, fallbackPool: undefined }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 3 problems
       - pools.aws.healthCheck: got nothing, want how targets are checked; give {} for the defaults: GET /healthz every minute
       - pools.empty.targets: got {}, want one named target or more, such as { primary: { to: balancer } }
       - fallbackPool: got nothing, want one of the pools: aws, empty; it takes requests when every pool is down"
    `);
    expect(problemsOf({ pools: {}, fallbackPool: "aws" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 1 problem
       - pools: got {}, want one named pool or more, such as { primary: { targets, healthCheck: {} } }"
    `);
    expect(problemsOf({ fallbackPool: "azure", failoverOrder: ["aws"] })).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 2 problems
       - failoverOrder: got ["aws"], want every pool once: aws, ocean
       - fallbackPool: got "azure", want one of the pools: aws, ocean; it takes requests when every pool is down"
    `);
  });

  test("fails on weights outside 0 to 1, and where order decides", () => {
    expect(
      problemsOf({
        steering: "random",
        fallbackPool: "a",
        pools: {
          a: pool({ one: { to: AWS, weight: 1.5 }, two: { to: OCEAN, weight: -0.1 } }, { weight: "0.5" }),
          b: pool({ one: { to: AWS, weight: 0 } }, { weight: 0 }),
        },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 4 problems
       - pools.a.targets.one.weight: got 1.5, want 0 to 1
       - pools.a.targets.two.weight: got -0.1, want 0 to 1
       - pools.a.weight: got "0.5", want 0 to 1
       - pools.b.targets: got {"one":{"to":{"hostname":"api.acme-aws.dev"},"weight":0}}, want one target with a weight above 0"
    `);
    expect(problemsOf({ pools: { aws: { ...POOLS.aws, weight: 0.5 } }, fallbackPool: "aws" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 1 problem
       - pools.aws.weight: got 0.5, want no weight, unless steering is "random" or "least-connections"; the order of the pools decides"
    `);
  });

  test("fails on targets that cannot be reached, or lead back", () => {
    expect(
      problemsOf({
        fallbackPool: "aws",
        pools: {
          aws: pool({
            back: { to: { hostname: "api.acme.dev" } },
            inside: { to: "10.0.0.7", hostHeader: "a.acme.dev" },
            unnamed: { to: "198.51.100.7" },
            url: { to: "https://api.acme-aws.dev" },
            renamed: { to: AWS, hostHeader: "other.acme.dev" },
            nothing: {},
          }),
        },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 6 problems
       - pools.aws.targets.back.to: got "api.acme.dev", want another host than the balancer itself
       - pools.aws.targets.inside.to: got "10.0.0.7", want an address that the internet reaches; put a tunnel in front of it
       - pools.aws.targets.unnamed.hostHeader: got nothing, want the name that the certificate at this address is for
       - pools.aws.targets.url.to: got "https://api.acme-aws.dev", want a construct with a hostname, a host name such as "eu.acme.dev", or an IP address
       - pools.aws.targets.renamed.hostHeader: got "other.acme.dev", want nothing: a host is asked under its own name; remove it
       - pools.aws.targets.nothing.to: got nothing, want a construct with a hostname, a host name such as "eu.acme.dev", or an IP address"
    `);
  });

  test("fails on a tunnel that asks checks to sign in, or another port than its own", () => {
    const closed = (stack: TerraformStack) => {
      const application = new CloudflareAccess(stack, "Gate", {
        zone: zoneOf(),
        host: "in.acme.dev",
        allow: { ops: { emails: ["a@acme.dev"] } },
      });
      const access = { application, teamName: "acme" };
      const to = new CloudflareTunnel(stack, "Closed", { zone: zoneOf(), host: "in.acme.dev", port: 8080, access });
      return { pools: { vm: pool({ own: { to } }, { port: 8443 }) }, fallbackPool: "vm" };
    };
    expect(problemsOf(closed)).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 2 problems
       - pools.vm.targets.own.to: got "in.acme.dev", want a tunnel that lets checks through: they cannot sign in; declare the tunnel's exposure "public", and protect the balancer's own domain
       - pools.vm.port: got 8443, want 443, where the tunnel of target own is reached; give other targets a pool of their own"
    `);
  });

  test("fails on checks that the plan has not, or that overlap", () => {
    const checks = { intervalSeconds: 12, timeoutSeconds: 5, retries: 3, healthyCount: 0, path: "healthz" };
    expect(problemsOf({ pools: { aws: { ...POOLS.aws, healthCheck: checks } }, fallbackPool: "aws", checkedFrom: ["EU"] }))
      .toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 4 problems
       - pools.aws.healthCheck.intervalSeconds: got 12, want a whole number, 15 to 3600 (Cloudflare Load Balancing limitations)
       - pools.aws.healthCheck.path: got "healthz", want a path such as "/healthz"
       - pools.aws.healthCheck.healthyCount: got 0, want a whole number, 1 to 10
       - checkedFrom: got ["EU"], want one or more of WNAM, ENAM, WEU, EEU, NSAM, SSAM, OC, ME, NAF, SAF, SAS, SEAS, NEAS"
    `);
    const slow = { intervalSeconds: 15, timeoutSeconds: 5, retries: 3 };
    expect(problemsOf({ pools: { aws: { ...POOLS.aws, healthCheck: slow } }, fallbackPool: "aws" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 1 problem
       - pools.aws.healthCheck.timeoutSeconds: got 5, want 15 or less for all 4 tries, which take 20 seconds; lower it or retries, or raise intervalSeconds"
    `);
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`p${index}`, POOLS.aws]));
    expect(problemsOf({ pools: many, fallbackPool: "p0" })).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 2 problems
       - pools: got 21, want 20 pools at most (Cloudflare Load Balancing limitations)
       - pools: got 21, want 20 targets at most in all pools (Cloudflare Load Balancing limitations)"
    `);
    expect(() => synthWith({ pools: many, fallbackPool: "p0", zone: zoneOf("enterprise") })).not.toThrow();
  });

  test("fails on a domain that is not in the zone, too deep for its certificate, or taken", () => {
    expect(problemsOf({ domain: "api.other.dev", steering: "geo", sessionAffinity: { seconds: 60 } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 3 problems
       - domain: got "api.other.dev", want a host in the zone "acme.dev"; name a host of this zone, or give the zone that it is in
       - steering: got "geo", want one of "failover", "latency", "random", "least-connections"
       - sessionAffinity.seconds: got 60, want a whole number, 1800 to 604800"
    `);
    expect(problemsOf({ domain: "v1.api.acme.dev" })).toThrow("at most 1 label below");
    const withRecord = () =>
      cfSynth((stack) => {
        const records = { "api.acme.dev": { to: "192.0.2.1" } };
        const zone = new CloudflareNetwork(stack, "Net", { accountId: ACCOUNT, domain: "acme.dev", records });
        balanced(stack, { zone });
      });
    expect(withRecord).toThrow("a host name that test/Net (api.acme.dev) does not use already");
    expect(() => cfSynth((stack) => [balanced(stack), balanced(stack, {}, "Again")])).toThrow(
      "a host name that test/Front does not use already",
    );
  });
});
