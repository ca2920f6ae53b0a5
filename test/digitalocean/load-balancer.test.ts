import { TerraformOutput, type TerraformStack } from "cdktf";
import {
  digitalocean,
  DigitalOceanFirewall,
  DigitalOceanLoadBalancer,
  DigitalOceanNetwork,
  type DigitalOceanLoadBalancerProps,
} from "cdktf-governed-agents/digitalocean";
import type { Synthesized } from "cdktf-governed-agents/testing";
import fc from "fast-check";
import { Inventory } from "../../lib/facts/inventory";
import { acknowledgementsOf, evaluate, findingText, type Acknowledgement } from "../../lib/policy";
import { loadBalancerContract } from "../contracts/load-balancer";
import { doFacts, doSynth, resourcesOf } from "./support";

const NETWORK = DigitalOceanNetwork.fromAttributes({
  vpcId: "3f900b61-30d7-40d8-9711-8c5d6264b268",
  region: "fra1",
  cidr: "10.20.0.0/16",
  egress: "public-ip",
});

type Props = Partial<Omit<DigitalOceanLoadBalancerProps, "target">> & { readonly target?: object };

/** A balancer with droplets behind it. */
function balanced(stack: TerraformStack, props: Props = {}, id = "Front"): DigitalOceanLoadBalancer {
  const firewall =
    (stack.node.tryFindChild("Targets") as DigitalOceanFirewall | undefined) ?? new DigitalOceanFirewall(stack, "Targets", {});
  const base = { network: NETWORK, domain: "api.acme.dev", zone: "acme.dev" };
  const target = { firewall, port: 8080, ...props.target };
  return new DigitalOceanLoadBalancer(stack, id, { ...base, ...props, target });
}

const synthWith = (props?: Props) => doSynth((stack) => balanced(stack, props));
const allOf = (result: Synthesized, type: string) => Object.values(resourcesOf(result, type));
const balancerOf = (result: Synthesized) => allOf(result, "digitalocean_loadbalancer")[0] as Record<string, unknown>;
const problemsOf = (props: object) => () => synthWith(props);

describe("DigitalOceanLoadBalancer", () => {
  loadBalancerContract({
    build: (stack, id, props) => balanced(stack, props as Props, id),
    facts: doFacts,
    lacks: ["drainSeconds", "accessLogRetentionDays", "webFirewall", "testListener"],
    tlsVersions: ["1.2"],
    worldPorts: (facts) =>
      facts.flatMap((fact) => {
        if (fact.kind !== "load-balancer" || fact.spec.allowFrom.internet === undefined) return [];
        return fact.spec.redirectHttp ? [80, 443] : [443];
      }),
  });

  const production = synthWith({ exposure: "public", alternativeDomains: ["acme.dev"], target: { sticky: true } });

  test("speaks strong TLS only, with one certificate for all names; port 80 only redirects", () => {
    expect(balancerOf(production)).toMatchObject({
      name: "api.acme.dev",
      type: "REGIONAL",
      region: "fra1",
      network: "EXTERNAL",
      tls_cipher_policy: "STRONG",
      redirect_http_to_https: true,
      enable_proxy_protocol: false,
      disable_lets_encrypt_dns_records: true,
      size_unit: 2,
      forwarding_rule: [
        {
          entry_port: 443,
          entry_protocol: "https",
          target_port: 8080,
          target_protocol: "http",
          certificate_name: expect.stringMatching(/^\$\{digitalocean_certificate\.Front_Certificate_\w+\.name\}$/),
        },
      ],
    });
    expect(allOf(production, "digitalocean_certificate")).toMatchObject([
      { type: "lets_encrypt", domains: ["api.acme.dev", "acme.dev"], lifecycle: { create_before_destroy: true } },
    ]);
  });

  test("every name has a record of its own in the zone", () => {
    const records = allOf(production, "digitalocean_record").map(({ domain, name, type }) => [domain, name, type]);
    expect(records).toEqual([
      ["acme.dev", "@", "A"],
      ["acme.dev", "api", "A"],
    ]);
  });

  test("sends requests to the droplets behind the firewall's tag, and is let in there and nowhere else", () => {
    expect(balancerOf(production)).toMatchObject({
      droplet_tag: expect.stringContaining("digitalocean_tag.Targets"),
    });
    expect(allOf(production, "digitalocean_firewall")[0]?.inbound_rule).toMatchObject([
      { port_range: "8080", source_load_balancer_uids: [expect.stringMatching(/^\$\{digitalocean_loadbalancer\.Front_\w+\.id\}$/)] },
    ]);
  });

  test("keeps a client with its droplet only when asked", () => {
    expect(balancerOf(production).sticky_sessions).toEqual({ type: "cookies", cookie_name: "DO-LB", cookie_ttl_seconds: 86_400 });
    expect(balancerOf(synthWith()).sticky_sessions).toBeUndefined();
  });

  test("in production it has two nodes and Terraform refuses to destroy it; a sandbox can be thrown away", () => {
    expect(balancerOf(production).lifecycle).toEqual({ prevent_destroy: true });
    expect(balancerOf(synthWith({ profile: "sandbox" }))).toMatchObject({ size_unit: 1, lifecycle: { prevent_destroy: false } });
    expect(balancerOf(synthWith({ nodes: 5 })).size_unit).toBe(5);
  });

  test("an internal balancer lets in the network only", () => {
    expect(balancerOf(synthWith())).toMatchObject({
      network: "INTERNAL",
      firewall: { allow: ["cidr:10.20.0.0/16"] },
      redirect_http_to_https: false,
    });
    expect(balancerOf(production).firewall).toBeUndefined();
  });

  test("a given certificate is used as it is, with and without records of ours", () => {
    for (const zone of ["acme.dev", undefined]) {
      let spec: unknown;
      const facts = doFacts((stack) => (spec = balanced(stack, { zone, certificateName: "wildcard" }).spec));
      expect(facts.find((fact) => fact.kind === "load-balancer")?.spec).toEqual(spec);
      expect(spec).toMatchObject({ certificate: "given", dnsManaged: zone !== undefined });
    }
  });

  test("other names make another certificate before the old one goes; everything else stays byte-equal", () => {
    const before = synthWith({ exposure: "public" });
    const after = synthWith({ exposure: "public", alternativeDomains: ["www.acme.dev"] });
    const [old, renewed] = [before, after].map((result) => allOf(result, "digitalocean_certificate")[0]);
    expect(old?.name).not.toBe(renewed?.name);
    for (const [type, earlier] of Object.entries(before.json.resource ?? {})) {
      if (type === "digitalocean_certificate") continue;
      for (const [id, resource] of Object.entries(earlier)) expect(after.json.resource?.[type]?.[id]).toEqual(resource);
    }
  });

  test("its errors ring at the stack's targets", () => {
    expect(allOf(production, "digitalocean_monitor_alert")).toMatchObject([
      {
        type: "v1/insights/lbaas/increase_in_http_error_rate_count_5xx",
        entities: [expect.stringContaining("digitalocean_loadbalancer.Front")],
        alerts: { email: ["oncall@acme.dev"] },
      },
    ]);
  });

  test.each(["production", "sandbox"] as const)("what the rules find in %s is acknowledged, or DigitalOcean lacks it", (profile) => {
    let acknowledgements: readonly Acknowledgement[] = [];
    const { json } = doSynth((stack) => {
      balanced(stack, { profile, exposure: "public" });
      acknowledgements = acknowledgementsOf(stack);
    });
    const { findings } = evaluate(new Inventory(json), [digitalocean], { asOf: "2026-11-21", acknowledgements });
    expect(findings.filter(({ status }) => status === "fail").map(findingText)).toEqual([]);
    const accepted = findings.filter(({ status }) => status === "acknowledged").map(({ ruleId }) => ruleId);
    expect(accepted.sort()).toEqual(profile === "sandbox" ? ["balancer-deletion-protected", "target-encrypted"] : ["target-encrypted"]);
  });

  test("is reached under its domain; foreign DNS has to point to its address", () => {
    const result = doSynth((stack) => {
      const balancer = balanced(stack, { zone: undefined, certificateName: "wildcard" });
      expect(balancer.hostname).toBe("api.acme.dev");
      new TerraformOutput(stack, "target", { value: balancer.ipAddress });
    });
    expect(result.json.output).toMatchObject({
      target: { value: expect.stringMatching(/^\$\{digitalocean_loadbalancer\.Front_\w+\.ip\}$/) },
    });
  });

  test("takes every idle timeout from 30 to 600 seconds, and no other", () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 1000 }), (idleTimeoutSeconds) => {
        const build = () => balancerOf(synthWith({ idleTimeoutSeconds })).http_idle_timeout_seconds;
        if (idleTimeoutSeconds >= 30 && idleTimeoutSeconds <= 600) expect(build()).toBe(idleTimeoutSeconds);
        else expect(build).toThrow("idleTimeoutSeconds");
      }),
      { numRuns: 20 },
    );
  });

  test("fails with every problem at once, and what DigitalOcean lacks with its reason", () => {
    const props = {
      network: undefined,
      domain: "api.acme.dev",
      zone: "acme.org",
      minTlsVersion: "1.3",
      nodes: 201,
      drainSeconds: 60,
      accessLogRetentionDays: 30,
      webFirewall: {},
      testListener: { port: 8443, allowFrom: {} },
      allowFrom: { edge: { prefixList: "pl-1" } },
      target: { port: 70_000, protocol: "https", healthCheck: { timeoutSeconds: 2 }, tag: "x" },
    };
    expect(problemsOf(props)).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 13 problems
       - drainSeconds: got 60, want nothing: a DigitalOcean load balancer has no setting for how long a leaving droplet keeps its connections; remove it
       - accessLogRetentionDays: got 30, want nothing: DigitalOcean keeps no access logs of load balancers; remove it
       - webFirewall: got {}, want nothing: DigitalOcean has no web application firewall; remove it
       - testListener: got {"port":8443,"allowFrom":{}}, want nothing: the firewall of a DigitalOcean load balancer is one for all ports, so that no port can be for some only; remove it
       - network: got nothing, want the network that the load balancer is in
       - zone: got "acme.org", want the domain that api.acme.dev is in; records are made in it
       - nodes: got 201, want a whole number, 1 to 200 (DigitalOcean load balancer)
       - allowFrom.edge: got {"prefixList":"pl-1"}, want one of "internet", { cidr } (DigitalOcean load balancer); give the ranges of its addresses
       - minTlsVersion: got "1.3", want "1.2" (DigitalOcean load balancer)
       - target.protocol: got "https", want nothing: a DigitalOcean load balancer decrypts, and speaks HTTP to the droplets inside the VPC; remove it
       - target.tag: got "x", want no such prop; remove it; known props: port, healthCheck, sticky, firewall
       - target.port: got 70000, want a whole number, 1 to 65535
       - target.healthCheck.timeoutSeconds: got 2, want a whole number, 3 to 120 (DigitalOcean load balancer)"
    `);
  });

  test("fails on droplets that no firewall names", () => {
    expect(problemsOf({ target: { firewall: undefined } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 1 problem
       - target.firewall: got nothing, want the DigitalOceanFirewall of the droplets"
    `);
  });

  test("fails without a certificate and a domain to make one in", () => {
    expect(problemsOf({ zone: undefined, alternativeDomains: ["www.acme.dev"] })).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 2 problems
       - zone: got nothing, want a domain that DigitalOcean manages, such as "acme.dev"; give the domain, and the certificate is made there; or give certificateName
       - alternativeDomains: got ["www.acme.dev"], want a DNS zone to make their records in; give zone, or point the names at the balancer yourself"
    `);
  });

  test("fails on the internet beside others, and on a range twice", () => {
    const office = { cidr: "192.0.2.0/24" };
    expect(problemsOf({ exposure: "public", allowFrom: { office, world: "internet" } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 1 problem
       - allowFrom: got ["office","world"], want the internet alone, or some peers without it; remove the others: the internet holds them"
    `);
    expect(problemsOf({ exposure: "public", allowFrom: { office, again: office } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Front: 1 problem
       - allowFrom.again: got {"cidr":"192.0.2.0/24"}, want every range once; remove the second one"
    `);
  });

  test("fails on two balancers for one domain", () => {
    const build = () => doSynth((stack) => [balanced(stack), balanced(stack, {}, "Second")]);
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "test/Second: 1 problem
       - domain: got "api.acme.dev", want a load balancer name that test/Front does not use already; give one of the two constructs another domain"
    `);
  });
});
