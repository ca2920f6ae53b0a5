import { CloudflareNetwork, type CloudflareNetworkProps } from "cdktf-governed-agents/cloudflare";
import { IntentError } from "cdktf-governed-agents";
import { ACCOUNT, cfFacts, cfSynth, resourcesOf, ZONE } from "./support";

const BASE: CloudflareNetworkProps = { accountId: ACCOUNT, domain: "acme.dev" };

const RECORDS = {
  "api.acme.dev": { to: { hostname: "origin.acme-aws.dev" } },
  "acme.dev": { to: "192.0.2.10" },
  "six.acme.dev": { to: "2001:db8::10" },
  "a.deep.host.acme.dev": { to: "198.51.100.7", exposed: "agents speak a protocol of their own here" },
};

const zoneWith = (props: Partial<CloudflareNetworkProps> = {}) =>
  cfSynth((stack) => new CloudflareNetwork(stack, "Net", { ...BASE, ...props }));
const valuesOf = (props?: Partial<CloudflareNetworkProps>) =>
  Object.fromEntries(
    Object.values(resourcesOf(zoneWith(props), "cloudflare_zone_setting")).map(({ setting_id, value }) => [setting_id, value]),
  );

describe("CloudflareNetwork", () => {
  test.each<[string, Partial<CloudflareNetworkProps>]>([
    ["the usual", {}],
    ["a zone that exists", { zoneId: ZONE }],
    ["a sandbox", { profile: "sandbox" }],
    ["TLS 1.3 and preload", { minTlsVersion: "1.3", hsts: { maxAgeDays: 730, preload: true } }],
    ["one authority and deep certificates", { certificateAuthorities: ["letsencrypt.org"], totalTls: true, plan: "pro" }],
    ["records", { records: RECORDS }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: unknown;
    const facts = cfFacts((stack) => (spec = new CloudflareNetwork(stack, "Net", { ...BASE, ...props }).spec));
    expect(facts).toEqual([expect.objectContaining({ kind: "zone", spec })]);
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  const usual = zoneWith({ records: RECORDS });

  test("has safe settings", () => {
    expect(valuesOf()).toEqual({
      "0rtt": "off",
      always_use_https: "on",
      automatic_https_rewrites: "on",
      development_mode: "off",
      min_tls_version: "1.2",
      security_header: {
        strict_transport_security: { enabled: true, include_subdomains: true, max_age: 31_536_000, nosniff: true, preload: false },
      },
      ssl: "strict",
      tls_1_3: "on",
      websockets: "on",
    });
    expect(Object.values(resourcesOf(usual, "cloudflare_zone_dnssec"))).toMatchObject([
      { status: "active", lifecycle: { prevent_destroy: true } },
    ]);
    expect(Object.values(resourcesOf(usual, "cloudflare_zone"))).toMatchObject([
      { name: "acme.dev", account: { id: ACCOUNT }, type: "full", lifecycle: { prevent_destroy: true } },
    ]);
  });

  test("hosts go through the network, unless it is said why not", () => {
    const records = Object.values(resourcesOf(usual, "cloudflare_dns_record")).filter(({ type }) => type !== "CAA");
    expect(records.map(({ name, type, content, proxied, ttl, comment }) => [name, type, content, proxied, ttl, comment])).toEqual([
      ["acme.dev", "A", "192.0.2.10", true, 1, undefined],
      ["a.deep.host.acme.dev", "A", "198.51.100.7", false, 300, "agents speak a protocol of their own here"],
      ["api.acme.dev", "CNAME", "origin.acme-aws.dev", true, 1, undefined],
      ["six.acme.dev", "AAAA", "2001:db8::10", true, 1, undefined],
    ]);
  });

  test("only named authorities may issue, for wildcards too", () => {
    const { data, name } = Object.values(resourcesOf(usual, "cloudflare_dns_record")).find(({ type }) => type === "CAA") ?? {};
    expect({ data, name }).toEqual({ name: "acme.dev", data: { flags: "0", tag: "issue", value: "letsencrypt.org" } });
    const tags = Object.values(resourcesOf(usual, "cloudflare_dns_record")).flatMap(
      ({ data: caa }) => (caa as { tag?: string })?.tag ?? [],
    );
    expect(tags.sort()).toEqual([...Array(4).fill("issue"), ...Array(4).fill("issuewild")]);
  });

  test("a zone that exists is not made, and a sandbox may be thrown away", () => {
    const result = zoneWith({ zoneId: ZONE, profile: "sandbox" });
    expect(resourcesOf(result, "cloudflare_zone")).toEqual({});
    expect(Object.values(resourcesOf(result, "cloudflare_zone_dnssec"))).toMatchObject([
      { zone_id: ZONE, lifecycle: { prevent_destroy: false } },
    ]);
  });

  test("a record more leaves the others where they are", () => {
    const [before, after] = [zoneWith({ records: { "a.acme.dev": { to: "192.0.2.1" } } }), usual].map((one) =>
      Object.keys(resourcesOf(one, "cloudflare_dns_record")).filter((id) => id.includes("Caa")),
    );
    expect(after).toEqual(before);
    expect(before).toHaveLength(8);
  });

  test("what escapes the construct is in the fact", () => {
    const facts = cfFacts((stack) => {
      const net = new CloudflareNetwork(stack, "Net", BASE);
      net.dnssec.status = "disabled";
    });
    expect(facts).toMatchObject([{ spec: { dnssec: false, tls13: true } }]);
  });

  const problemsOf = (props: object) => () => zoneWith(props as never);

  test("fails on hosts that are not in the zone, too deep for its certificate, or lead nowhere", () => {
    expect(
      problemsOf({
        records: {
          "api.other.dev": { to: "192.0.2.1" },
          "notacme.dev": { to: "192.0.2.1" },
          "a.b.acme.dev": { to: "192.0.2.1" },
          "HTTPS://acme.dev": { to: "192.0.2.1" },
          "loop.acme.dev": { to: "loop.acme.dev" },
          "inside.acme.dev": { to: "172.20.0.5" },
          "void.acme.dev": { to: "999.1.1.1" },
          "open.acme.dev": { to: "192.0.2.1", exposed: "because" },
          "odd.acme.dev": { to: "192.0.2.1", ttl: 5 },
        },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Net: 9 problems
       - records.api.other.dev: got "api.other.dev", want a host in the zone "acme.dev"; name a host of this zone, or give the zone that it is in
       - records.notacme.dev: got "notacme.dev", want a host in the zone "acme.dev"; name a host of this zone, or give the zone that it is in
       - records.a.b.acme.dev: got "a.b.acme.dev", want a host at most 1 label below "acme.dev", which is as deep as the zone's certificate goes; use one label such as api-eu instead of api.eu, or set totalTls: true on the zone, which needs Advanced Certificate Manager
       - records.HTTPS://acme.dev: got "HTTPS://acme.dev", want a host name in lower case such as "api.acme.dev"
       - records.loop.acme.dev.to: got "loop.acme.dev", want another host than the record's own
       - records.inside.acme.dev.to: got "172.20.0.5", want an address that the internet reaches; put a tunnel in front of it
       - records.void.acme.dev.to: got "999.1.1.1", want an IP address, a host name, or a construct with a hostname
       - records.open.acme.dev.exposed: got "because", want why the target's address may be public, in words of at most 100 characters
       - records.odd.acme.dev.ttl: got 5, want no such prop; remove it; known props: to, exposed"
    `);
  });

  test("fails on weak or impossible settings", () => {
    expect(
      problemsOf({
        accountId: "acme",
        zoneId: "acme.dev",
        plan: "ultimate",
        totalTls: "yes",
        minTlsVersion: "1.0",
        hsts: { maxAgeDays: 30, includeSubdomains: false, preload: true },
        certificateAuthorities: ["Let's Encrypt"],
        ssl: "flexible",
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "test/Net: 9 problems
       - ssl: got "flexible", want no such prop; remove it; known props: profile, domain, minTlsVersion, hsts, certificateAuthorities, records, accountId, zoneId, plan, totalTls
       - accountId: got "acme", want an id of 32 hex digits
       - zoneId: got "acme.dev", want an id of 32 hex digits
       - plan: got "ultimate", want one of "free", "pro", "business", "enterprise"
       - totalTls: got "yes", want true or false
       - minTlsVersion: got "1.0", want one of "1.2", "1.3"; did you mean "1.2"?
       - hsts.maxAgeDays: got 30, want a whole number, 180 to 730
       - hsts.preload: got true, want false, or maxAgeDays of 365 or more with includeSubdomains (hstspreload.org)
       - certificateAuthorities: got "Let's Encrypt", want 1 to 10 certificate authorities such as "letsencrypt.org""
    `);
    expect(problemsOf({ domain: "acme", certificateAuthorities: [] })).toThrowErrorMatchingInlineSnapshot(`
     "test/Net: 2 problems
       - domain: got "acme", want the name of the zone in lower case, such as "acme.dev"
       - certificateAuthorities: got [], want 1 to 10 certificate authorities such as "letsencrypt.org"; without one, every authority may issue"
    `);
  });

  test("fails on a zone that two constructs manage", () => {
    const twice = () => cfSynth((stack) => [new CloudflareNetwork(stack, "Net", BASE), new CloudflareNetwork(stack, "Again", BASE)]);
    expect(twice).toThrow(IntentError);
    expect(twice).toThrow('domain: got "acme.dev", want a zone name that test/Net does not use already');
  });
});
