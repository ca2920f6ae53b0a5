import type { TerraformStack } from "cdktf";
import type { Fact } from "../../lib/facts/fact";
import type { LoadBalancerProps, LoadBalancerSpec } from "../../lib/spec/load-balancer";

/** What a provider's test suite brings to the contract. */
export interface LoadBalancerContract {
  /** What the provider cannot do. */
  readonly lacks?: readonly (keyof LoadBalancerProps)[];
  /** Oldest versions of TLS that can be asked for. */
  readonly tlsVersions?: readonly ("1.2" | "1.3")[];
  /**
   * Ports that are open to the internet.
   * @default - those of the firewalls
   */
  readonly worldPorts?: (facts: readonly Fact[]) => readonly number[];
  /** A balancer in a network of two zones, with DNS managed here. */
  build(stack: TerraformStack, id: string, props: LoadBalancerProps): { readonly spec: LoadBalancerSpec };
  facts(build: (stack: TerraformStack) => unknown): readonly Fact[];
}

/** A value for every prop that some provider lacks. */
const SAMPLES: Partial<LoadBalancerProps> = {
  drainSeconds: 60,
  accessLogRetentionDays: 30,
  webFirewall: { requestsPer5Minutes: 50_000, countOnly: [], logRetentionDays: 90 },
  testListener: { port: 8443, allowFrom: { office: { cidr: "192.0.2.0/24" } } },
};

const firewallPorts = (facts: readonly Fact[]) =>
  facts.flatMap((fact) => {
    if (fact.kind !== "firewall") return [];
    return fact.spec.rules.filter((rule) => rule.direction === "ingress" && rule.peer === "internet").map((rule) => rule.toPort);
  });

const OFFICE = { cidr: "192.0.2.0/24" };

/** Every load balancer, on every provider: says in Terraform what was asked for, is open only when said, and refuses what it cannot do. */
export function loadBalancerContract(contract: LoadBalancerContract): void {
  const { build, facts, lacks = [], tlsVersions = ["1.2", "1.3"], worldPorts = firewallPorts } = contract;
  const base: LoadBalancerProps = { domain: "api.acme.dev" };
  const factsWith = (props: Partial<LoadBalancerProps>) => facts((stack) => build(stack, "Front", { ...base, ...props }));
  const specOf = (props: Partial<LoadBalancerProps>) => factsWith(props).find(({ kind }) => kind === "load-balancer")?.spec;
  const had = Object.entries(SAMPLES).filter(([prop]) => !lacks.includes(prop as keyof LoadBalancerProps));

  test.each<[string, Partial<LoadBalancerProps>]>([
    ["defaults", {}],
    ["public", { exposure: "public" }],
    ["public for some only", { exposure: "public", allowFrom: { office: OFFICE, branch: { cidr: "198.51.100.0/24" } } }],
    ["public without redirect", { exposure: "public", redirectHttp: false }],
    ["several domains", { alternativeDomains: ["www.acme.dev", "chat.acme.dev"] }],
    ["WebSocket", { websocket: true, pingIntervalSeconds: 200 }],
    ["the newest TLS", { minTlsVersion: tlsVersions.at(-1) }],
    ["sandbox", { profile: "sandbox" }],
    ["what not every provider can", Object.fromEntries(had)],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: LoadBalancerSpec | undefined;
    const found = facts((stack) => (spec = build(stack, "Front", { ...base, ...props }).spec)).find(({ kind }) => kind === "load-balancer");
    expect(spec).toBeDefined();
    expect(found?.spec).toEqual(spec);
  });

  test("the internet is let in only when the balancer is declared public", () => {
    const open = (props: Partial<LoadBalancerProps>) => [...worldPorts(factsWith(props))].sort();
    expect(open({})).toEqual([]);
    expect(open({ exposure: "public" })).toEqual([443, 80]);
    expect(open({ exposure: "public", allowFrom: { office: OFFICE } })).toEqual([]);
    expect(open({ exposure: "public", redirectHttp: false })).toEqual([443]);
  });

  test("the profile decides protection and nothing else", () => {
    const [production, sandbox] = (["production", "sandbox"] as const).map((profile) => specOf({ profile, exposure: "public" }));
    expect(production).toMatchObject({ profile: "production", minTlsVersion: "1.2" });
    expect(sandbox).toEqual({ ...production, profile: "sandbox" });
  });

  if (lacks.length > 0) {
    test.each(lacks)("%s is refused with the reason, and is not in the spec", (prop) => {
      expect(() => specOf({ [prop]: SAMPLES[prop] })).toThrow(new RegExp(`${prop}: got .+, want nothing: .{20,}; remove it`));
      expect(Object.entries(specOf({ exposure: "public" }) ?? {})).not.toContainEqual([prop, expect.anything()]);
    });
  }

  test.each<[string, Partial<LoadBalancerProps>, string]>([
    ["the world on an internal balancer", { allowFrom: { world: "internet" } }, "want no world access to an internal balancer"],
    ["TLS before 1.2", { minTlsVersion: "1.1" as "1.2" }, 'minTlsVersion: got "1.1", want one of "1.2", "1.3"'],
    ["a name that is no host", { domain: "https://api.acme.dev" }, 'domain: got "https://api.acme.dev", want a host name'],
    ["a name twice", { alternativeDomains: ["api.acme.dev"] }, "want every name once"],
    ["an idle timeout of a day", { idleTimeoutSeconds: 86_400 }, "idleTimeoutSeconds: got 86400, want a whole number"],
    ["pings that the idle timeout cuts", { websocket: true, pingIntervalSeconds: 60, idleTimeoutSeconds: 100 }, "want two pings (120)"],
    ["an unknown prop", { cert: "x" } as never, 'cert: got "x", want no such prop'],
  ])("fails on %s", (_name, props, message) => {
    expect(() => factsWith(props)).toThrow(message);
  });
}
