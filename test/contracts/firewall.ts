import type { TerraformStack } from "cdktf";
import type { Synthesized } from "cdktf-governed-agents/testing";
import fc from "fast-check";
import { Inventory } from "../../lib/facts/inventory";
import type { Provider } from "../../lib/provider";
import { ADMIN_PORTS, type FirewallProps, type FirewallRuleProps, type FirewallSpec } from "../../lib/spec/firewall";
import { issuesOf } from "./network";

/** A provider's firewall; it may be the peer of another. */
export interface AnyFirewall<F> {
  readonly spec: FirewallSpec;
  addIngress(name: string, rule: FirewallRuleProps<F>): void;
  addEgress(name: string, rule: FirewallRuleProps<F>): void;
}

/** What a provider's test suite brings to the contract. */
export interface FirewallContract<F extends AnyFirewall<F>> {
  readonly provider: Provider;
  build(stack: TerraformStack, id: string, props: FirewallProps<F>): F;
  synth(build: (stack: TerraformStack) => unknown): Synthesized;
}

const OFFICE = { port: 8443, peer: { cidr: "192.0.2.0/24" }, description: "The office" } as const;
const MODELS = { port: 443, peer: "internet", description: "LLM APIs" } as const;

/** Every firewall, on every provider: lets nobody in but who is named, never the world to admin ports, and says so in Terraform. */
export function firewallContract<F extends AnyFirewall<F>>({ provider, build, synth }: FirewallContract<F>): void {
  /** The firewall `Wall` as it was built, and as Terraform says it. */
  const wall = (make: (stack: TerraformStack) => F) => {
    let built: F | undefined;
    const { json } = synth((stack) => (built = make(stack)));
    const facts = new Inventory(json).facts(provider.readers).filter(({ kind }) => kind === "firewall");
    const read = facts.find(({ path }) => path === "test/Wall/Resource")?.spec as FirewallSpec;
    return { spec: byName((built as F).spec), read: byName(read), addresses: addressesOf(json.resource) };
  };
  const wallOf = (props: FirewallProps<F>) => wall((stack) => build(stack, "Wall", props));

  const everything = (stack: TerraformStack) => {
    const client = build(stack, "Client", { egress: { models: MODELS } });
    const server = build(stack, "Wall", {
      exposure: "public",
      ingress: {
        api: { port: 8080, peer: { firewall: client }, description: "The client" },
        web: { port: 443, peer: "internet", description: "Everybody" },
      },
      egress: { models: MODELS, dns: { port: 53, protocol: "udp", peer: { cidr: "10.20.0.0/16" }, description: "Names" } },
    });
    server.addIngress("office", { ...OFFICE, toPort: 8450 });
    server.addEgress("time", { port: 123, protocol: "udp", peer: "internet", description: "Clocks" });
    return server;
  };

  test("Terraform says what was asked for, with rules that were added later", () => {
    const { spec, read } = wall(everything);
    expect(read).toEqual(spec);
    expect(read.rules.map(({ name }) => name)).toEqual(["dns", "models", "time", "api", "office", "web"]);
    expect(read.rules.find(({ name }) => name === "api")?.peer).toEqual({ firewall: "test/Client" });
    expect(read.exposure).toBe("public");
  });

  test("nobody gets in but who is named", () => {
    const { read } = wallOf({ egress: { models: MODELS } });
    expect(read).toMatchObject({ exposure: "private", rules: [{ direction: "egress", name: "models" }] });
  });

  test("ports of any range come back as they were asked for", () => {
    const port = fc.integer({ min: 1, max: 65535 });
    const rule = fc.tuple(port, port, fc.constantFrom("tcp" as const, "udp" as const)).map(([one, other, protocol]) => ({
      ...OFFICE,
      protocol,
      port: Math.min(one, other),
      toPort: Math.max(one, other),
    }));
    const rules = fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), rule, { minKeys: 1, maxKeys: 20, noNullPrototype: true });
    fc.assert(
      fc.property(rules, rules, (ingress, egress) => {
        const { spec, read } = wallOf({ ingress, egress });
        expect(read).toEqual(spec);
      }),
      { numRuns: 3 },
    );
  });

  test("a rule more leaves every earlier one where it was", () => {
    const before = wallOf({ ingress: { office: OFFICE }, egress: { models: MODELS } });
    const after = wallOf({ ingress: { admin: { ...OFFICE, port: 8022 }, office: OFFICE }, egress: { models: MODELS } });
    expect(after.addresses).toEqual(expect.arrayContaining(before.addresses));
    expect(after.read.rules).toEqual(expect.arrayContaining([...before.read.rules]));
  });

  test("fails on a rule that is added and may not be, and keeps the rules it had", () => {
    const { spec, read } = wall((stack) => {
      const firewall = build(stack, "Wall", { ingress: { office: OFFICE }, egress: { models: MODELS } });
      expect(issuesOf(() => firewall.addIngress("office", OFFICE))).toEqual(["ingress"]);
      expect(issuesOf(() => firewall.addEgress("models", MODELS))).toEqual(["egress"]);
      expect(issuesOf(() => firewall.addIngress("web", { ...OFFICE, peer: "internet" }))).toEqual(["ingress.web.peer"]);
      expect(issuesOf(() => firewall.addIngress("far", { ...OFFICE, port: 0 }))).toEqual(["ingress.far.port"]);
      return firewall;
    });
    expect(spec.rules).toHaveLength(2);
    expect(read).toEqual(spec);
  });

  test.each<[string, FirewallProps<F>, readonly string[]]>([
    ["the world on a private firewall", { ingress: { web: { ...OFFICE, peer: "internet" } } }, ["ingress.web.peer"]],
    ["the world as a range", { ingress: { web: { ...OFFICE, peer: { cidr: "0.0.0.0/0" } } } }, ["ingress.web.peer"]],
    ["ports the wrong way round", { ingress: { web: { ...OFFICE, port: 90, toPort: 80 } } }, ["ingress.web.toPort"]],
    ["no description", { ingress: { web: { ...OFFICE, description: "" } } }, ["ingress.web.description"]],
    ["a rule name with blanks", { ingress: { "the web": OFFICE } }, ["ingress"]],
    ["a peer with host bits", { ingress: { web: { ...OFFICE, peer: { cidr: "192.0.2.7/24" } } } }, ["ingress.web.peer"]],
    ["a firewall that is none", { ingress: { web: { ...OFFICE, peer: { firewall: "it" as never } } } }, ["ingress.web.peer"]],
    ["an unknown prop", { rules: [] } as never, ["rules"]],
    [
      "two wrong rules, both named",
      { ingress: { a: { ...OFFICE, port: 0 } }, egress: { b: { ...OFFICE, port: 0 } } },
      ["ingress.a.port", "egress.b.port"],
    ],
  ])("fails on %s, and names the prop", (_name, props, expected) => {
    expect(issuesOf(() => wallOf(props))).toEqual(expected);
  });

  test("fails when any admin port is open to the world, on a public firewall too", () => {
    const entries = ADMIN_PORTS.map((port) => [`p${port}`, { ...OFFICE, port, peer: "internet" }] as const);
    const refused = issuesOf(() => wallOf({ exposure: "public", ingress: Object.fromEntries(entries) }));
    expect(refused).toEqual(ADMIN_PORTS.map((port) => `ingress.p${port}.peer`));
  });
}

/** The order of rules means nothing. */
function byName(spec: FirewallSpec): FirewallSpec {
  const key = ({ direction, name }: FirewallSpec["rules"][number]) => `${direction}.${name}`;
  return { ...spec, rules: [...spec.rules].sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

function addressesOf(resources: object | undefined): string[] {
  return Object.entries(resources ?? {}).flatMap(([type, instances]) => Object.keys(instances as object).map((id) => `${type}.${id}`));
}
