import fc from "fast-check";
import { balancerRouteSpec, routePriority, type BalancerRouteLimits, type BalancerRouteProps } from "../../lib/spec/balancer-route";

const LIMITS: BalancerRouteLimits = {
  balancer: "stack/Front",
  domains: ["api.acme.dev", "chat.acme.dev"],
  drainSeconds: 30,
  idleTimeoutSeconds: 60,
  maxPatterns: 5,
  source: "the provider's limit",
};
const BASE: BalancerRouteProps = { paths: ["/api/*"], port: 8443 };

const spec = (props: Partial<BalancerRouteProps> = {}, limits: Partial<BalancerRouteLimits> = {}) =>
  balancerRouteSpec({ ...BASE, ...props }, { path: "stack/Route", profile: "production" }, { ...LIMITS, ...limits });

describe("balancerRouteSpec", () => {
  test("speaks HTTPS to targets and checks their health more often than clients wait", () => {
    expect(spec()).toEqual({
      balancer: "stack/Front",
      hosts: [],
      paths: ["/api/*"],
      port: 8443,
      protocol: "https",
      healthCheck: { path: "/healthz", intervalSeconds: 15, timeoutSeconds: 5, healthyCount: 2, unhealthyCount: 3 },
      deregistrationDelaySeconds: 30,
      sticky: false,
      canary: false,
      priority: routePriority("stack/Route", [], ["/api/*"]),
    });
  });

  test("takes every request when neither hosts nor paths are given", () => {
    expect(spec({ paths: undefined }).paths).toEqual(["/*"]);
    expect(spec({ paths: undefined, hosts: ["api.acme.dev"] }).paths).toEqual([]);
  });

  test("drains as long as the balancer asks for, or longer", () => {
    expect(spec({}, { drainSeconds: 300 }).deregistrationDelaySeconds).toBe(300);
    expect(spec({ deregistrationDelaySeconds: 600 }, { drainSeconds: 300 }).deregistrationDelaySeconds).toBe(600);
  });

  test("any host is fine when the balancer's certificate was given", () => {
    expect(spec({ hosts: ["other.example.org"] }, { domains: undefined }).hosts).toEqual(["other.example.org"]);
  });

  test.each<[string, Partial<BalancerRouteProps>, Partial<BalancerRouteLimits>?]>([
    ["no port", { port: undefined }],
    ["a port out of range", { port: 70_000 }],
    ["an unknown protocol", { protocol: "tcp" as "http" }],
    ["a host that no certificate covers", { hosts: ["other.acme.dev"] }],
    ["a pattern of hosts that no certificate covers", { hosts: ["*.other.dev"] }],
    ["a host in upper case", { hosts: ["API.acme.dev"] }, { domains: undefined }],
    ["a path without slash", { paths: ["api"] }],
    ["a path with a query", { paths: ["/api?q=1 2"] }],
    ["a path twice", { paths: ["/api", "/api"] }],
    ["too many hosts and paths", { hosts: ["api.acme.dev"], paths: ["/a", "/b", "/c", "/d", "/e"] }],
    ["a path known only after apply", { paths: ["${TfToken[TOKEN.0]}"] }],
    ["a health check longer than its interval", { healthCheck: { intervalSeconds: 5, timeoutSeconds: 5 } }],
    ["a health check longer than clients wait", { healthCheck: { intervalSeconds: 120, timeoutSeconds: 60 } }],
    ["a health check out of range", { healthCheck: { intervalSeconds: 4, timeoutSeconds: 1, healthyCount: 1, unhealthyCount: 11 } }],
    ["a health check path without slash", { healthCheck: { path: "healthz" } }],
    ["an unknown prop of the health check", { healthCheck: { paths: "/up" } as never }],
    ["a drain shorter than the balancer's", { deregistrationDelaySeconds: 60 }, { drainSeconds: 300 }],
    ["a priority out of range", { priority: 0 }],
    ["a priority that is no number", { priority: NaN }],
    ["a canary that is no flag", { canary: "yes" as never }],
    ["an unknown prop", { path: "/api" } as never],
  ])("fails on %s", (_name, props, limits = {}) => {
    expect(() => spec(props, limits)).toThrowErrorMatchingSnapshot();
  });
});

describe("routePriority", () => {
  const segment = fc.stringMatching(/^[a-z]{1,8}$/);
  const segments = fc.array(segment, { minLength: 1, maxLength: 6 });
  const path = fc.string();

  test("is a priority that the provider takes", () => {
    const hosts = fc.array(fc.constantFrom("api.acme.dev", "*.acme.dev"), { maxLength: 2 });
    const paths = fc.array(
      segments.map((parts) => `/${parts.join("/")}/*`),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(path, hosts, paths, (construct, hosts, paths) => {
        const priority = routePriority(construct, hosts, paths);
        return Number.isInteger(priority) && priority >= 1 && priority <= 50_000;
      }),
    );
  });

  test("is smaller for a path below another one, up to four segments", () => {
    fc.assert(
      fc.property(path, path, fc.array(segment, { maxLength: 3 }), segment, (one, other, parts, more) => {
        const wide = `${["", ...parts].join("/")}/*`;
        const narrow = `${["", ...parts, more].join("/")}/*`;
        const exact = ["", ...parts, more].join("/");
        expect(routePriority(one, [], [narrow])).toBeLessThan(routePriority(other, [], [wide]));
        expect(routePriority(one, [], [exact])).toBeLessThan(routePriority(other, [], [narrow]));
      }),
    );
  });

  test("is smaller for an exact host than for a pattern, and for a pattern than for any", () => {
    const [exact, pattern, any] = [["api.acme.dev"], ["*.acme.dev"], []].map((hosts) => routePriority("stack/Route", hosts, ["/*"]));
    expect(exact).toBeLessThan(pattern as number);
    expect(pattern).toBeLessThan(any as number);
  });
});
