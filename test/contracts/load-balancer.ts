import type { TerraformStack } from "cdktf";
import type { Fact } from "../../lib/facts/fact";
import type { BalancerRouteProps, BalancerRouteSpec } from "../../lib/spec/balancer-route";
import type { LoadBalancerProps, LoadBalancerSpec } from "../../lib/spec/load-balancer";

/** A balancer as the contract builds it: in a network of two zones, with DNS managed here. */
export interface BuiltBalancer {
  readonly spec: LoadBalancerSpec;
  route(id: string, props: BalancerRouteProps): { readonly spec: BalancerRouteSpec };
}

/** What a provider's test suite brings to the contract. */
export interface LoadBalancerContract {
  build(stack: TerraformStack, id: string, props: LoadBalancerProps): BuiltBalancer;
  facts(build: (stack: TerraformStack) => unknown): readonly Fact[];
}

type Routes = Readonly<Record<string, BalancerRouteProps>>;

/** Every load balancer, on every provider: says in Terraform what was asked for, is open only when said, and grows without moving anything. */
export function loadBalancerContract({ build, facts }: LoadBalancerContract): void {
  const base: LoadBalancerProps = { domain: "api.acme.dev" };
  const route: BalancerRouteProps = { paths: ["/api/*"], port: 8443 };

  const factsWith = (props: Partial<LoadBalancerProps>, routes: Routes = {}): readonly Fact[] =>
    facts((stack) => {
      const balancer = build(stack, "Front", { ...base, ...props });
      for (const [id, one] of Object.entries(routes)) balancer.route(id, one);
    });

  test.each<[string, Partial<LoadBalancerProps>]>([
    ["defaults", {}],
    ["public", { exposure: "public" }],
    ["public for some only", { exposure: "public", allowFrom: { office: { cidr: "192.0.2.0/24" }, edge: { prefixList: "pl-12345678" } } }],
    ["public without redirect", { exposure: "public", redirectHttp: false }],
    ["several domains", { alternativeDomains: ["www.acme.dev", "chat.acme.dev"] }],
    ["WebSocket", { websocket: true, pingIntervalSeconds: 200 }],
    ["TLS 1.3 only", { minTlsVersion: "1.3" }],
    ["sandbox", { profile: "sandbox" }],
    ["short logs", { accessLogRetentionDays: 30 }],
    ["a web firewall of its own", { webFirewall: { requestsPer5Minutes: 50_000, countOnly: [], logRetentionDays: 90 } }],
    ["a listener for tests", { testListener: { port: 8443, allowFrom: { office: { cidr: "192.0.2.0/24" } } } }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: LoadBalancerSpec | undefined;
    const found = facts((stack) => (spec = build(stack, "Front", { ...base, ...props }).spec)).find(({ kind }) => kind === "load-balancer");
    expect(found?.spec).toEqual(spec);
  });

  test.each<[string, BalancerRouteProps]>([
    ["by path", route],
    ["by host", { hosts: ["api.acme.dev"], port: 443 }],
    ["by both", { hosts: ["*.acme.dev"], paths: ["/api/*", "/ws"], port: 443 }],
    ["everything", { port: 8080, protocol: "http" }],
    [
      "health check",
      { ...route, healthCheck: { path: "/up", intervalSeconds: 30, timeoutSeconds: 9, healthyCount: 3, unhealthyCount: 5 } },
    ],
    ["sticky canary", { ...route, sticky: true, canary: true, deregistrationDelaySeconds: 120, priority: 7 }],
  ])("Terraform says what was asked for of a route: %s", (_name, props) => {
    let spec: BalancerRouteSpec | undefined;
    const found = facts((stack) => (spec = build(stack, "Front", base).route("Route", props).spec));
    expect(found.find(({ kind }) => kind === "balancer-route")?.spec).toEqual(spec);
  });

  test("the internet is let in only when the balancer is declared public", () => {
    const open = (props: Partial<LoadBalancerProps>) =>
      factsWith(props, { Api: route }).flatMap((fact) =>
        fact.kind === "firewall" ? fact.spec.rules.filter((rule) => rule.direction === "ingress" && rule.peer === "internet") : [],
      );
    expect(open({})).toEqual([]);
    expect(open({ exposure: "public" }).map((rule) => rule.toPort)).toEqual(expect.arrayContaining([80, 443]));
    expect(open({ exposure: "public", allowFrom: { office: { cidr: "192.0.2.0/24" } } })).toEqual([]);
    expect(open({ exposure: "public", redirectHttp: false }).map((rule) => rule.toPort)).toEqual([443]);
  });

  test("the profile decides protection and nothing else", () => {
    const specOf = (profile: "production" | "sandbox") =>
      factsWith({ profile, exposure: "public" }).find(({ kind }) => kind === "load-balancer")?.spec;
    expect(specOf("sandbox")).toEqual({ ...specOf("production"), profile: "sandbox" });
  });

  test("balancer and targets open to each other on the port of the route", () => {
    const rules = factsWith({}, { Api: route }).flatMap((fact) => (fact.kind === "firewall" ? fact.spec.rules : []));
    const between = rules.filter((rule) => rule.fromPort === 8443 && typeof rule.peer === "object" && "firewall" in rule.peer);
    expect(between.map((rule) => rule.direction).sort()).toEqual(["egress", "ingress"]);
  });

  test("adding routes in any order leaves every earlier fact as it was", () => {
    const routes: Routes = {
      Api: route,
      Chat: { hosts: ["api.acme.dev"], paths: ["/ws"], port: 8444 },
      Rest: { port: 8443 },
      Docs: { paths: ["/docs/*"], port: 8443, canary: true },
    };
    const routeFacts = (some: Routes) => factsWith({}, some).filter(({ kind }) => kind === "balancer-route");
    const all = routeFacts(routes);
    expect(all).toHaveLength(4);
    const reversed = Object.fromEntries(Object.entries(routes).reverse());
    expect(routeFacts(reversed)).toEqual(expect.arrayContaining([...all]));
    expect(all).toEqual(expect.arrayContaining([...routeFacts({ Rest: { port: 8443 }, Api: route })]));
  });

  test("a more specific route comes before a wider one", () => {
    const routes: Routes = {
      A: { port: 1 },
      B: { paths: ["/api/*"], port: 1 },
      C: { paths: ["/api/v2/*"], port: 1 },
      D: { paths: ["/api"], port: 1 },
    };
    const priority = Object.fromEntries(
      factsWith({}, routes).flatMap((fact) => (fact.kind === "balancer-route" ? [[fact.spec.paths[0], fact.spec.priority]] : [])),
    ) as Record<string, number>;
    const ordered = Object.keys(priority).sort((a, b) => Number(priority[a]) - Number(priority[b]));
    expect(ordered).toEqual(["/api", "/api/v2/*", "/api/*", "/*"]);
  });
}
