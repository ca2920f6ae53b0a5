import {
  digitalocean,
  DigitalOceanFirewall,
  DigitalOceanNetwork,
  type DigitalOceanFirewallProps,
  type DigitalOceanNetworkProps,
} from "cdktf-governed-agents/digitalocean";
import fc from "fast-check";
import { firewallContract, type AnyFirewall } from "../contracts/firewall";
import { networkContract } from "../contracts/network";
import { doSynth, resourcesOf } from "./support";

const WEB = { port: 443, peer: "internet", description: "LLM APIs" } as const;

describe("DigitalOceanNetwork", () => {
  const base: DigitalOceanNetworkProps = { cidr: "10.20.0.0/16", region: "fra1", egress: "nat-gateway" };

  networkContract<DigitalOceanNetworkProps>({
    provider: digitalocean,
    base,
    variants: [
      ["public addresses", { egress: "public-ip" }],
      ["no egress", { egress: "none" }],
      ["the smallest", { cidr: "192.168.0.16/28", region: "syd1" }],
    ],
    growth: [
      ["a NAT", { egress: "public-ip" }, { egress: "nat-gateway" }],
      ["a way to the internet", { egress: "none" }, { egress: "public-ip" }],
    ],
    lasting: { digitalocean_vpc: ["region", "ip_range"] },
    closed: { props: { egress: "none" }, gateways: ["digitalocean_vpc_nat_gateway"] },
    lacks: { profile: "sandbox", zones: ["fra1"], tiers: ["public"], flowLogRetentionDays: 30 },
    build: (stack, id, props) => new DigitalOceanNetwork(stack, id, props),
    synth: doSynth,
  });

  test("the NAT gateway is the default way out of the VPC, and tells machines its address", () => {
    let address: string | undefined;
    const result = doSynth((stack) => (address = new DigitalOceanNetwork(stack, "Net", base).natGatewayIp));
    const [gateway] = Object.values(resourcesOf(result, "digitalocean_vpc_nat_gateway"));
    expect(gateway).toMatchObject({ type: "PUBLIC", size: 1, region: "fra1", vpcs: [{ default_gateway: true }] });
    expect(address).toMatch(/^\$\{TfToken/);
    expect(DigitalOceanNetwork.fromAttributes({ vpcId: "v", region: "fra1", cidr: "10.0.0.0/16", egress: "none" }).natGatewayIp).toBe(
      undefined,
    );
  });

  test("ranges outside of the private ones are refused, whatever their size", () => {
    const octet = fc.integer({ min: 11, max: 171 });
    fc.assert(
      fc.property(octet, fc.integer({ min: 16, max: 28 }), (first, prefix) => {
        const build = () => doSynth((stack) => new DigitalOceanNetwork(stack, "Net", { ...base, cidr: `${first}.0.0.0/${prefix}` }));
        expect(build).toThrow("want a private range, inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (DigitalOcean VPC)");
      }),
      { numRuns: 10 },
    );
  });

  test("fails with every problem at once", () => {
    const props = {
      cidr: "8.8.8.1/29",
      region: "nyc9",
      egress: "nat-instance",
      profile: "sandbox",
      zones: ["fra1-a"],
      tiers: ["public"],
      flowLogRetentionDays: 30,
      peeredCidrs: ["8.8.0.0/16"],
    } as never;
    expect(() => doSynth((stack) => new DigitalOceanNetwork(stack, "Net", props))).toThrowErrorMatchingInlineSnapshot(`
     "test/Net: 10 problems
       - profile: got "sandbox", want nothing: a DigitalOcean VPC has no redundancy and no deletion protection to choose; remove it
       - zones: got ["fra1-a"], want nothing: a DigitalOcean VPC spans its region, and regions have no zones; remove it
       - tiers: got ["public"], want nothing: a DigitalOcean VPC has no subnets; remove it
       - flowLogRetentionDays: got 30, want nothing: DigitalOcean keeps no flow logs; remove it
       - region: got "nyc9", want one of "nyc1", "nyc2", "nyc3", "ams3", "sfo2", "sfo3", "sgp1", "lon1", "fra1", "tor1", "blr1", "syd1", "atl1"; did you mean "nyc1"?
       - egress: got "nat-instance", want one of "none", "public-ip", "nat-gateway"
       - cidr: got "8.8.8.1/29", want /28 or larger (DigitalOcean VPC); use /28 or a shorter prefix
       - cidr: got "8.8.8.1/29", want the first address of the range; use "8.8.8.0/29"
       - cidr: got "8.8.8.1/29", want a private range, inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (DigitalOcean VPC)
       - cidr: got "8.8.8.1/29", want no overlap with the peered range 8.8.0.0/16; choose another range"
    `);
  });
});

describe("DigitalOceanFirewall", () => {
  firewallContract<DigitalOceanFirewall & AnyFirewall<DigitalOceanFirewall>>({
    provider: digitalocean,
    build: (stack, id, props) => new DigitalOceanFirewall(stack, id, props),
    synth: doSynth,
  });

  const wall = (props: DigitalOceanFirewallProps) => {
    const result = doSynth((stack) => new DigitalOceanFirewall(stack, "Wall", props));
    return Object.values(resourcesOf(result, "digitalocean_firewall"))[0];
  };

  test("machines are behind it by a tag of its own, and by four more at most", () => {
    const tags = ["team:web", "team:api", "team:jobs", "team_db"];
    expect(wall({ egress: { models: WEB }, tags })?.tags).toEqual([
      expect.stringMatching(/^\$\{digitalocean_tag\.Wall_Tag_.*\.name\}$/),
      ...tags,
    ]);
    let firewall: DigitalOceanFirewall | undefined;
    doSynth((stack) => (firewall = new DigitalOceanFirewall(stack, "Wall", { egress: { models: WEB }, tags })));
    expect(firewall?.spec.tags).toEqual(tags);
  });

  test("a load balancer can be the other end", () => {
    const result = doSynth((stack) => {
      const balancer = { node: stack.node, loadBalancerId: "lb-1" };
      new DigitalOceanFirewall(stack, "Wall", { ingress: { http: { port: 8080, peer: { firewall: balancer }, description: "Requests" } } });
    });
    const [firewall] = Object.values(resourcesOf(result, "digitalocean_firewall"));
    expect(firewall?.inbound_rule).toEqual([
      { "//": { name: "http", description: "Requests" }, protocol: "tcp", port_range: "8080", source_load_balancer_uids: ["lb-1"] },
    ]);
  });

  test("a public firewall without a rule for the world is private, and says so", () => {
    let firewall: DigitalOceanFirewall | undefined;
    doSynth((stack) => (firewall = new DigitalOceanFirewall(stack, "Wall", { exposure: "public", egress: { models: WEB } })));
    expect(firewall?.spec.exposure).toBe("private");
    firewall?.addIngress("web", WEB);
    expect(firewall?.spec.exposure).toBe("public");
  });

  test("fails without rules, which DigitalOcean takes for no firewall", () => {
    expect(() => wall({})).toThrow(
      "[test/Wall] egress: got no rules, want one rule or more in ingress or egress: DigitalOcean takes no firewall without rules",
    );
  });

  test("fails on more than five tags, and on tags that DigitalOcean refuses", () => {
    const tags = ["a", "A", "team web", "c", "d"];
    expect(() => wall({ egress: { models: WEB }, tags })).toThrowErrorMatchingInlineSnapshot(`
     "test/Wall: 3 problems
       - tags: got ["a","A","team web","c","d"], want 4 tags at most beside the firewall's own (DigitalOcean firewall limits); give machines the firewall's own tag instead
       - tags: got ["a","A","team web","c","d"], want every tag once
       - tags: got "team web", want 1 to 255 letters, digits, :, - and _ (DigitalOcean tags)"
    `);
  });

  test("fails on more than 50 rules, at once and one after another", () => {
    const rules = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`r${at}`, { ...WEB, port: 1000 + at }]));
    expect(() => wall({ egress: rules(51) })).toThrowErrorMatchingInlineSnapshot(`
     "test/Wall: 1 problem
       - egress: got 51, want 50 rules at most in one firewall (DigitalOcean firewall limits); split it in two firewalls"
    `);
    const grow = () =>
      doSynth((stack) => new DigitalOceanFirewall(stack, "Wall", { egress: rules(50) }).addEgress("more", { ...WEB, port: 999 }));
    expect(grow).toThrow("egress: got 51, want 50 rules at most");
  });

  test("fails on a list of ranges as peer: DigitalOcean has none", () => {
    const peer = { prefixList: "pl-1" };
    expect(() => wall({ egress: { s3: { port: 443, peer, description: "Object storage" } } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Wall: 1 problem
       - egress.s3.peer: got {"prefixList":"pl-1"}, want "internet", { cidr } or { firewall }"
    `);
  });
});
