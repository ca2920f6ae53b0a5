import type { TerraformStack } from "cdktf";
import type { Fact } from "../../lib/facts/fact";
import type { BalancerRouteProps, BalancerRouteSpec } from "../../lib/spec/balancer-route";
import type { HealthCheckProps } from "../../lib/spec/balancer-target";

/** Adds a route to the balancer. */
export type AddRoute = (id: string, props: BalancerRouteProps) => { readonly spec: BalancerRouteSpec };

/** What the test suite of a provider with routes brings to the contract. */
export interface BalancerRouteContract {
  /** What the provider cannot do. */
  readonly lacks?: readonly (keyof BalancerRouteProps | `healthCheck.${keyof HealthCheckProps}`)[];
  /** A balancer `Front` for `api.acme.dev`, and what adds routes to it. */
  build(stack: TerraformStack): AddRoute;
  facts(build: (stack: TerraformStack) => unknown): readonly Fact[];
}

type Routes = Readonly<Record<string, BalancerRouteProps>>;

const API: BalancerRouteProps = { paths: ["/api/*"], port: 8443 };

/** A value for every prop that some provider lacks. */
const SAMPLES: Readonly<Record<string, BalancerRouteProps>> = {
  canary: { ...API, canary: true },
  deregistrationDelaySeconds: { ...API, deregistrationDelaySeconds: 120 },
  "healthCheck.healthyCount": { ...API, healthCheck: { healthyCount: 3 } },
};

/** Every route, on every provider that has them: says in Terraform what was asked for, and comes and goes without moving others. */
export function balancerRouteContract({ build, facts, lacks = [] }: BalancerRouteContract): void {
  const factsWith = (routes: Routes): readonly Fact[] =>
    facts((stack) => {
      const add = build(stack);
      for (const [id, one] of Object.entries(routes)) add(id, one);
    });
  const routeFacts = (routes: Routes) => factsWith(routes).flatMap((fact) => (fact.kind === "balancer-route" ? [fact] : []));

  test.each<[string, BalancerRouteProps]>([
    ["by path", API],
    ["by host", { hosts: ["api.acme.dev"], port: 443 }],
    ["by both", { hosts: ["*.acme.dev"], paths: ["/api/*", "/ws"], port: 443 }],
    ["everything", { port: 8080, protocol: "http" }],
    ["health check", { ...API, healthCheck: { path: "/up", intervalSeconds: 30, timeoutSeconds: 9, unhealthyCount: 5 } }],
    ["sticky, with a priority of its own", { ...API, sticky: true, priority: 7 }],
    ...Object.entries(SAMPLES).filter(([prop]) => !lacks.includes(prop as "canary")),
  ])("Terraform says what was asked for of a route: %s", (_name, props) => {
    let spec: BalancerRouteSpec | undefined;
    const found = facts((stack) => (spec = build(stack)("Route", props).spec));
    expect(spec).toBeDefined();
    expect(found.find(({ kind }) => kind === "balancer-route")?.spec).toEqual(spec);
  });

  test("balancer and targets open to each other on the port of the route", () => {
    const rules = factsWith({ Api: API }).flatMap((fact) => (fact.kind === "firewall" ? fact.spec.rules : []));
    const between = rules.filter((rule) => rule.fromPort === 8443 && typeof rule.peer === "object" && "firewall" in rule.peer);
    expect(between.map((rule) => rule.direction).sort()).toEqual(["egress", "ingress"]);
  });

  test("adding routes in any order leaves every earlier fact as it was", () => {
    const routes: Routes = {
      Api: API,
      Chat: { hosts: ["api.acme.dev"], paths: ["/ws"], port: 8444 },
      Rest: { port: 8443 },
      Docs: { paths: ["/docs/*"], port: 8443, protocol: "http" },
    };
    const all = routeFacts(routes);
    expect(all).toHaveLength(4);
    expect(routeFacts(Object.fromEntries(Object.entries(routes).reverse()))).toEqual(expect.arrayContaining(all));
    expect(all).toEqual(expect.arrayContaining(routeFacts({ Rest: { port: 8443 }, Api: API })));
  });

  test("a more specific route comes before a wider one", () => {
    const routes: Routes = {
      A: { port: 1 },
      B: { paths: ["/api/*"], port: 1 },
      C: { paths: ["/api/v2/*"], port: 1 },
      D: { paths: ["/api"], port: 1 },
    };
    const ordered = routeFacts(routes).sort((one, other) => one.spec.priority - other.spec.priority);
    expect(ordered.map(({ spec }) => spec.paths[0])).toEqual(["/api", "/api/v2/*", "/api/*", "/*"]);
  });

  if (lacks.length > 0) {
    test.each(lacks)("%s is refused with the reason, and is not in the spec", (prop) => {
      const dotted = prop.replace(".", "\\.");
      expect(() => routeFacts({ Api: SAMPLES[prop] as BalancerRouteProps })).toThrow(
        new RegExp(`${dotted}: got .+, want nothing: .{20,}; remove it`),
      );
      const [fact] = routeFacts({ Api: API });
      const spec = { ...fact?.spec, ...fact?.spec.healthCheck };
      expect(Object.entries(spec)).not.toContainEqual([prop.replace("healthCheck.", ""), expect.anything()]);
    });
  }

  test.each<[string, BalancerRouteProps, string]>([
    ["no port", { paths: ["/api"] } as never, "port: got nothing"],
    ["a path without slash", { ...API, paths: ["api"] }, 'paths: got "api", want paths such as "/api/*"'],
    [
      "a health check longer than its interval",
      { ...API, healthCheck: { intervalSeconds: 5, timeoutSeconds: 5 } },
      "want less than interval",
    ],
    ["an unknown prop", { ...API, target: 1 } as never, "target: got 1, want no such prop"],
  ])("fails on %s", (_name, props, message) => {
    expect(() => routeFacts({ Api: props })).toThrow(message);
  });

  test("fails on two routes with one priority, and on two for the same requests", () => {
    const again: BalancerRouteProps = { ...API, priority: 7 };
    expect(() => routeFacts({ Api: { ...API, priority: 7 }, Docs: { paths: ["/docs"], port: 1, priority: 7 } })).toThrow(
      /Docs: 1 problem\n {2}- priority: got 7, want a priority that .+\/Api does not have/,
    );
    expect(() => routeFacts({ Api: API, Again: again })).toThrow(
      /paths: got "\*\/api\/\*", want requests that .+\/Api does not take already/,
    );
  });
}
