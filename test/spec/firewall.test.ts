import {
  ADMIN_PORTS,
  firewallSpec,
  firewallWith,
  type FirewallLimits,
  type FirewallProps,
  type FirewallRuleProps,
} from "../../lib/spec/firewall";

const CONTEXT = { path: "stack/Wall", profile: "production" } as const;
const LIMITS: FirewallLimits<string> = {
  description: { pattern: /^[^<>]{1,255}$/, want: "1 to 255 characters without < and >" },
  rules: { max: 50, source: "the provider's limit" },
  prefixLists: true,
  pathOf: (firewall) => firewall,
};
const spec = (props: FirewallProps<string>) => firewallSpec(props, CONTEXT, LIMITS);
const RULE: FirewallRuleProps<string> = { port: 8080, peer: { cidr: "192.0.2.0/24" }, description: "The office" };

describe("firewallSpec", () => {
  test("refuses everything unless a rule allows it", () => {
    expect(spec({})).toEqual({ exposure: "private", rules: [] });
  });

  test("gives named rules with defaults", () => {
    const rules = spec({ ingress: { office: RULE }, egress: { models: { port: 443, peer: "internet", description: "LLM APIs" } } }).rules;
    expect(rules).toEqual([
      {
        name: "office",
        direction: "ingress",
        protocol: "tcp",
        fromPort: 8080,
        toPort: 8080,
        peer: { cidr: "192.0.2.0/24" },
        description: "The office",
      },
      { name: "models", direction: "egress", protocol: "tcp", fromPort: 443, toPort: 443, peer: "internet", description: "LLM APIs" },
    ]);
  });

  test("a public firewall may let the world in", () => {
    expect(spec({ exposure: "public", ingress: { https: { ...RULE, port: 443, peer: "internet" } } }).rules[0]?.peer).toBe("internet");
  });

  test.each(ADMIN_PORTS)("fails when port %d is open to the world, even on a public firewall", (port) => {
    const open = (peer: FirewallRuleProps<string>["peer"], toPort?: number) => () =>
      spec({ exposure: "public", ingress: { admin: { ...RULE, port: toPort === undefined ? port : port - 1, toPort, peer } } });
    expect(open("internet")).toThrow(`no world access to the admin port ${port}`);
    expect(open({ cidr: "0.0.0.0/0" })).toThrow(`no world access to the admin port ${port}`);
    expect(open("internet", port + 1)).toThrow(/no world access to the admin port/);
  });

  test.each<[string, FirewallProps<string>]>([
    ["the world on a private firewall", { ingress: { web: { ...RULE, peer: "internet" } } }],
    ["the world as a range on a private firewall", { ingress: { web: { ...RULE, peer: { cidr: "0.0.0.0/0" } } } }],
    ["a range of ports the wrong way round", { ingress: { web: { ...RULE, port: 90, toPort: 80 } } }],
    ["a port out of range", { ingress: { web: { ...RULE, port: 70000 } } }],
    ["a rule without description", { ingress: { web: { ...RULE, description: "" } } }],
    ["a description with characters that the provider refuses", { ingress: { web: { ...RULE, description: "the <office>" } } }],
    ["a rule name with blanks", { ingress: { "the web": RULE } }],
    ["no peer", { ingress: { web: { ...RULE, peer: undefined as never } } }],
    ["a peer of another form", { ingress: { web: { ...RULE, peer: { ip: "192.0.2.1" } as never } } }],
    ["a peer that is no range", { ingress: { web: { ...RULE, peer: { cidr: "office" } } } }],
    ["a peer with host bits", { ingress: { web: { ...RULE, peer: { cidr: "192.0.2.7/24" } } } }],
    ["an unknown protocol", { ingress: { web: { ...RULE, protocol: "icmp" as "tcp" } } }],
    ["an unknown prop of a rule", { ingress: { web: { ...RULE, ports: [1] } as never } }],
    ["an unknown prop", { rules: [] } as never],
    ["two wrong rules, both named", { ingress: { a: { ...RULE, port: 0 } }, egress: { b: { ...RULE, port: 0 } } }],
  ])("fails on %s", (_name, props) => {
    expect(() => spec(props)).toThrowErrorMatchingSnapshot();
  });

  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`r${at}`, RULE]));

  test("takes as many rules as the provider does, however they come", () => {
    const full = spec({ ingress: many(25), egress: many(25) });
    expect(full.rules).toHaveLength(50);
    expect(() => spec({ ingress: many(25), egress: many(26) })).toThrow(
      "egress: got 51, want 50 rules at most in one firewall (the provider's limit)",
    );
    const more = { direction: "egress", name: "more", rule: RULE } as const;
    expect(() => firewallWith(full, more, CONTEXT.path, LIMITS)).toThrow("egress: got 51, want 50 rules at most");
    expect(firewallWith(full, more, CONTEXT.path, { ...LIMITS, rules: undefined }).rules).toHaveLength(51);
    expect(full.rules).toHaveLength(50);
  });

  test("fails on a list of ranges where the provider has none", () => {
    const peer = { prefixList: "list" };
    const build = (prefixLists: boolean) => firewallSpec({ egress: { list: { ...RULE, peer } } }, CONTEXT, { ...LIMITS, prefixLists });
    expect(build(true).rules[0]?.peer).toEqual(peer);
    expect(() => build(false)).toThrow('egress.list.peer: got {"prefixList":"list"}, want "internet", { cidr } or { firewall }');
  });

  test("fails on a peer that the provider does not know, without printing what it is", () => {
    const build = () =>
      firewallSpec({ ingress: { x: { ...RULE, peer: { firewall: "a" } } } }, CONTEXT, { ...LIMITS, pathOf: () => undefined });
    expect(build).toThrow('ingress.x.peer: got {"firewall":"something else"}, want "internet", { cidr }, { firewall } or { prefixList }');
  });
});
