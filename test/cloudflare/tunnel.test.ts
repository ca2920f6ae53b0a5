import type { TerraformStack } from "cdktf";
import {
  CloudflareAccess,
  CloudflareNetwork,
  CloudflareTunnel,
  type CloudflareAccessProps,
  type CloudflareTunnelProps,
} from "cdktf-governed-agents/cloudflare";
import { readAgentUnits } from "../../lib/spec/agent-unit";
import { Check } from "../../lib/spec/check";
import { firewallSpec } from "../../lib/spec/firewall";
import { ACCOUNT, cfFacts, cfSynth, resourcesOf, ZONE } from "./support";

const zone = CloudflareNetwork.fromAttributes({ accountId: ACCOUNT, zoneId: ZONE, zoneName: "acme.dev" });
const GROUP = "aa0a4aab-672b-4bdb-bc33-a59f1130a11f";
const TOKEN = "f174e90a-fafe-4643-bbbc-4a0ed4fc8415";

const HOST = "agent.acme.dev";
const PEOPLE = { operators: { emailDomains: ["acme.dev"] } };
const BASE = { zone, host: HOST, allow: PEOPLE };

const gate = (stack: TerraformStack, props: Partial<CloudflareAccessProps> = {}, id = "Gate") =>
  new CloudflareAccess(stack, id, { ...BASE, ...props });
const tunnelOf = (stack: TerraformStack, props: Partial<CloudflareTunnelProps> = {}) =>
  new CloudflareTunnel(stack, "Tunnel", {
    zone,
    host: HOST,
    port: 8080,
    access: { application: gate(stack), teamName: "acme" },
    ...props,
  });
const onlyOne = (result: ReturnType<typeof cfSynth>, type: string) =>
  Object.values(resourcesOf(result, type))[0] as Record<string, unknown>;

describe("CloudflareAccess", () => {
  test.each<[string, Partial<CloudflareAccessProps>]>([
    ["the usual", {}],
    ["a path", { path: "/admin", sessionHours: 1 }],
    [
      "people, groups and programs",
      {
        allow: {
          owners: { emails: ["a@acme.dev", "b@acme.dev"], groups: [GROUP] },
          guests: { emails: ["c@partner.dev"], secondFactor: false },
          ci: { serviceTokens: [TOKEN] },
        },
      },
    ],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: unknown;
    const facts = cfFacts((stack) => (spec = gate(stack, props).spec));
    expect(facts).toEqual([expect.objectContaining({ kind: "access", spec })]);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  test("people sign in with a second factor, programs bring a token, and each has a policy of its own", () => {
    const result = cfSynth((stack) => gate(stack, { allow: { ...PEOPLE, ci: { serviceTokens: [TOKEN] } } }));
    expect(Object.values(resourcesOf(result, "cloudflare_zero_trust_access_policy"))).toEqual([
      expect.objectContaining({ decision: "non_identity", include: [{ service_token: { token_id: TOKEN } }] }),
      expect.objectContaining({
        decision: "allow",
        include: [{ email_domain: { domain: "acme.dev" } }],
        require: [{ auth_method: { auth_method: "mfa" } }],
      }),
    ]);
    expect(onlyOne(result, "cloudflare_zero_trust_access_application")).toMatchObject({
      type: "self_hosted",
      domain: HOST,
      destinations: [{ type: "public", uri: HOST }],
      policies: [
        { precedence: 1, id: expect.stringContaining("operators") },
        { precedence: 2, id: expect.stringContaining("ci") },
      ],
      session_duration: "12h",
      http_only_cookie_attribute: true,
      service_auth_401_redirect: true,
    });
  });

  const problemsOf = (props: object) => () => cfSynth((stack) => gate(stack, props));

  test("fails without a policy, and on policies that let in nobody or everybody", () => {
    expect(problemsOf({ allow: {} })).toThrowErrorMatchingInlineSnapshot(`
     "test/Gate: 1 problem
       - allow: got {}, want 1 to 20 policies by name, such as { operators: { emailDomains: ["acme.dev"] } }; without a policy nobody is let in"
    `);
    expect(problemsOf({ allow: undefined, everyone: true })).toThrowErrorMatchingInlineSnapshot(`
     "test/Gate: 2 problems
       - everyone: got true, want no such prop; remove it; known props: host, path, allow, sessionHours, zone
       - allow: got nothing, want 1 to 20 policies by name, such as { operators: { emailDomains: ["acme.dev"] } }; without a policy nobody is let in"
    `);
    expect(
      problemsOf({
        allow: {
          nobody: {},
          Everybody: { emailDomains: ["gmail.com"] },
          mixed: { emails: ["a@acme.dev", "acme"], serviceTokens: [TOKEN] },
          programs: { serviceTokens: [TOKEN], secondFactor: true },
          crowd: { emails: Array.from({ length: 1001 }, (_, index) => `a${index}@acme.dev`) },
        },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Gate: 7 problems
       - allow.nobody: got {}, want somebody in emails, emailDomains, groups or serviceTokens
       - allow: got "Everybody", want names of 1 to 32 letters in lower case, digits and -, starting with a letter
       - allow.Everybody.emailDomains: got "gmail.com", want a domain of your own: everybody can get an address there; name the people in emails
       - allow.mixed.emails: got "acme", want an e-mail address
       - allow.mixed.serviceTokens: got ["f174e90a-fafe-4643-bbbc-4a0ed4fc8415"], want no programs beside people, who sign in in another way; give programs a policy of their own
       - allow.programs.secondFactor: got true, want false: programs have no second factor; remove it
       - allow.crowd: got 1001, want 1000 members at most (Cloudflare Zero Trust account limits); make a group of them"
    `);
  });

  test("fails on a host that is not in the zone, and on a path with a wildcard", () => {
    expect(problemsOf({ host: "agent.other.dev", path: "/admin/*", sessionHours: 1000 })).toThrowErrorMatchingInlineSnapshot(`
     "test/Gate: 3 problems
       - host: got "agent.other.dev", want a host in the zone "acme.dev"; name a host of this zone, or give the zone that it is in
       - path: got "/admin/*", want a path such as "/admin", without wildcards; leave it out for the whole host
       - sessionHours: got 1000, want a whole number, 1 to 720"
    `);
    expect(problemsOf({ zone: {} })).toThrow("zone.zoneName: got nothing");
  });

  test("fails on two applications for one host", () => {
    expect(() => cfSynth((stack) => [gate(stack), gate(stack, {}, "Again")])).toThrow("that test/Gate does not use already");
  });
});

describe("CloudflareTunnel", () => {
  test.each<[string, Partial<CloudflareTunnelProps>]>([
    ["private", {}],
    ["public", { exposure: "public", access: undefined, protocol: "https", port: 8443 }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: unknown;
    const facts = cfFacts((stack) => (spec = tunnelOf(stack, props).spec));
    expect(facts.filter(({ kind }) => kind === "tunnel")).toEqual([expect.objectContaining({ spec })]);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  const result = cfSynth((stack) => tunnelOf(stack));

  test("the machine's end lets through what Access let through, and nothing but the host", () => {
    expect(onlyOne(result, "cloudflare_zero_trust_tunnel_cloudflared_config").config).toEqual({
      ingress: [
        {
          hostname: HOST,
          service: "http://localhost:8080",
          origin_request: {
            access: {
              required: true,
              team_name: "acme",
              aud_tag: [expect.stringMatching(/^\$\{cloudflare_zero_trust_access_application\.Gate_\w+\.aud\}$/)],
            },
          },
        },
        { service: "http_status:404" },
      ],
    });
    expect(onlyOne(result, "cloudflare_dns_record")).toMatchObject({
      name: HOST,
      type: "CNAME",
      proxied: true,
      content: expect.stringMatching(/^\$\{cloudflare_zero_trust_tunnel_cloudflared\.Tunnel_\w+\.id\}\.cfargotunnel\.com$/),
    });
  });

  test("has no secret in its input, its Terraform or its unit", () => {
    const tunnel = onlyOne(result, "cloudflare_zero_trust_tunnel_cloudflared");
    expect(tunnel).toMatchObject({ config_src: "cloudflare" });
    expect(tunnel).not.toHaveProperty("tunnel_secret");
    expect(result.json).not.toHaveProperty("data");
  });

  test("what the machine needs passes as data: a unit, a token by name, and ways out to the edge only", () => {
    let tunnel: CloudflareTunnel | undefined;
    cfSynth((stack) => (tunnel = tunnelOf(stack)));
    expect(tunnel?.hostname).toBe(HOST);
    expect(tunnel?.tokenVariable).toBe("TUNNEL_TOKEN");
    expect(tunnel?.unit()).toEqual({ command: ["/opt/agent/cloudflared", "tunnel", "--no-autoupdate", "run"], memoryMaxMiB: 256 });
    expect(tunnel?.unit("/usr/bin/cloudflared").command[0]).toBe("/usr/bin/cloudflared");
    const check = new Check("Vm", { units: {} }, ["units"]);
    const units = readAgentUnits(check, { tunnel: (tunnel as CloudflareTunnel).unit() }, { memoryMiB: 3584 });
    expect(check.done(units)).toMatchObject({ tunnel: { memoryMaxMiB: 256, restartSeconds: 10, machineIdentity: false } });
    const limits = { description: { pattern: /^[\w .]+$/, want: "text" }, prefixLists: false, pathOf: () => undefined };
    const { exposure, rules } = firewallSpec({ egress: tunnel?.egress }, { path: "Vm", profile: "production" }, limits);
    expect(exposure).toBe("private");
    expect(
      rules.map(({ direction, protocol, fromPort, peer }) => [direction, protocol, fromPort, (peer as { cidr: string }).cidr]),
    ).toEqual([
      ["egress", "tcp", 7844, "198.41.192.0/24"],
      ["egress", "udp", 7844, "198.41.192.0/24"],
      ["egress", "tcp", 7844, "198.41.200.0/24"],
      ["egress", "udp", 7844, "198.41.200.0/24"],
      ["egress", "tcp", 443, "104.19.194.29/32"],
      ["egress", "tcp", 443, "104.19.195.29/32"],
    ]);
  });

  const problemsOf = (props: (stack: TerraformStack) => object) => () => cfSynth((stack) => tunnelOf(stack, props(stack) as never));

  test("fails when everybody could come in, and it is not said", () => {
    expect(problemsOf(() => ({ access: undefined }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Tunnel: 1 problem
       - access: got nothing, want who is let through; or declare exposure "public""
    `);
    expect(problemsOf(() => ({ exposure: "public" }))).toThrowErrorMatchingInlineSnapshot(`
     "test/Tunnel: 1 problem
       - exposure: got "public", want "private", since access says who is let through; remove one of the two"
    `);
    expect(problemsOf((stack) => ({ access: { application: gate(stack, { path: "/admin" }, "Part"), teamName: "acme" } })))
      .toThrowErrorMatchingInlineSnapshot(`
     "test/Tunnel: 1 problem
       - access: got "a path of agent.acme.dev", want access to the whole of agent.acme.dev; what it does not protect would be open"
    `);
    expect(problemsOf((stack) => ({ access: { application: gate(stack, { host: "other.acme.dev" }, "Other"), teamName: "https://acme" } })))
      .toThrowErrorMatchingInlineSnapshot(`
     "test/Tunnel: 2 problems
       - access.teamName: got "https://acme", want what stands before .cloudflareaccess.com
       - access: got "other.acme.dev", want access to the whole of agent.acme.dev; what it does not protect would be open"
    `);
  });

  test("fails on a host outside of the zone and a port that is none, and takes no token", () => {
    expect(problemsOf(() => ({ host: "agent.other.dev", port: 0, protocol: "tcp", tunnelSecret: "c2VjcmV0" })))
      .toThrowErrorMatchingInlineSnapshot(`
     "test/Tunnel: 5 problems
       - tunnelSecret: got text (hidden, because it may be a secret), want no such prop; remove it; known props: host, port, protocol, access, exposure, zone
       - host: got "agent.other.dev", want a host in the zone "acme.dev"; name a host of this zone, or give the zone that it is in
       - access: got "agent.acme.dev", want access to the whole of agent.other.dev; what it does not protect would be open
       - port: got 0, want a whole number, 1 to 65535
       - protocol: got "tcp", want one of "http", "https""
    `);
  });
});
