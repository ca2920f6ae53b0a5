import { Inventory, type TerraformJson } from "cdktf-governed-agents";
import {
  cloudflare,
  CloudflareBackupBucket,
  CloudflareFirewall,
  CloudflareNetwork,
  CloudflareQueue,
} from "cdktf-governed-agents/cloudflare";
import type { Posture } from "../../lib/facts/posture";
import { evaluate } from "../../lib/policy";
import { RULES } from "../../lib/policy/rules";
import { providerSchema } from "../schema/provider-schema";
import { ACCOUNT, cfSynth } from "./support";

const LATER = "${var.later}";

type Resources = TerraformJson["resource"];
type Case = readonly [name: string, type: string, attributes: Record<string, unknown>, said: object, beside?: Resources];

const posture = cloudflare.posture as NonNullable<typeof cloudflare.posture>;

/** What the readers say of one resource; further resources are beside it. */
function read(type: string, attributes: Record<string, unknown>, beside: Resources = {}): readonly Posture[] {
  const inventory = new Inventory({ resource: { ...beside, [type]: { This: attributes, ...beside[type] } } });
  const view = inventory.resources.find(({ address }) => address === `${type}.This`);
  return posture.readers[type]?.(view as never, inventory) ?? [];
}

const said = (postures: readonly Posture[], kind: Posture["kind"]) => postures.filter((one) => one.kind === kind);

const OF_ZONE = "${cloudflare_zone.This.id}";
const settings = (values: Readonly<Record<string, unknown>>): Resources => ({
  cloudflare_zone_setting: Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, { zone_id: OF_ZONE, setting_id: id, value }]),
  ),
});
const ruleset = (phase: string, ...rules: object[]): Resources => ({
  cloudflare_ruleset: { R: { zone_id: OF_ZONE, phase, rules } },
});
const managed = (id: string, more: object = {}) => ({ action: "execute", expression: "true", action_parameters: { id }, ...more });
const CLOUDFLARE_RULES = "efb7b8c949ac4650a09736fc376e9aee";
const OWASP_RULES = "4814384a9e5d4991b9815dcfc25d2f1f";

const ofBucket = { bucket_name: "${cloudflare_r2_bucket.This.name}" };

const CASES: readonly Case[] = [
  [
    "a zone of which nothing is said",
    "cloudflare_zone",
    {},
    {
      tls13: "unknown",
      targetVerified: false,
      hstsDays: 0,
      signed: false,
      authoritiesNamed: false,
      owaspRules: false,
      developmentMode: false,
    },
  ],
  [
    "a zone that is set well",
    "cloudflare_zone",
    {},
    { tls13: true, targetVerified: true, hstsDays: 365, signed: true, authoritiesNamed: true, owaspRules: true, developmentMode: false },
    {
      ...settings({
        tls_1_3: "on",
        ssl: "strict",
        development_mode: "off",
        security_header: { strict_transport_security: { enabled: true, include_subdomains: true, max_age: 31536000 } },
      }),
      ...ruleset("http_request_firewall_managed", managed(OWASP_RULES)),
      cloudflare_zone_dnssec: { D: { zone_id: OF_ZONE, status: "active" } },
      cloudflare_dns_record: { C: { zone_id: OF_ZONE, type: "CAA", data: { tag: "issue" } } },
    },
  ],
  [
    "a zone that is set badly",
    "cloudflare_zone",
    {},
    { tls13: false, targetVerified: false, hstsDays: 0, signed: false, authoritiesNamed: false, owaspRules: false, developmentMode: true },
    {
      ...settings({
        tls_1_3: "off",
        ssl: "full",
        development_mode: "on",
        security_header: { strict_transport_security: { enabled: true, include_subdomains: false, max_age: 31536000 } },
      }),
      ...ruleset("http_request_firewall_managed", managed(OWASP_RULES, { enabled: false })),
      cloudflare_zone_dnssec: { D: { zone_id: OF_ZONE, status: "disabled" } },
      cloudflare_dns_record: { C: { zone_id: OF_ZONE, type: "CAA", data: { tag: "iodef" } } },
    },
  ],
  [
    "settings that are known later, and rules that run for a part",
    "cloudflare_zone",
    {},
    { tls13: "unknown", targetVerified: "unknown", hstsDays: "unknown", owaspRules: "unknown" },
    {
      ...settings({ tls_1_3: LATER, ssl: LATER, security_header: LATER }),
      ...ruleset("http_request_firewall_managed", managed(OWASP_RULES, { expression: 'http.host eq "a.dev"' })),
    },
  ],
  ["a record through the edge", "cloudflare_dns_record", { type: "A", proxied: true }, { proxied: true }],
  ["a record to the target", "cloudflare_dns_record", { type: "CNAME" }, { proxied: false }],
  ["a record known later", "cloudflare_dns_record", { type: "AAAA", proxied: LATER }, { proxied: "unknown" }],
  ["a bucket", "cloudflare_r2_bucket", {}, { encryption: "provider-key", publicAccessBlocked: true, lifecycle: false, versioned: false }],
  [
    "a bucket that is private on purpose, with rules",
    "cloudflare_r2_bucket",
    {},
    { publicAccessBlocked: true, lifecycle: true },
    {
      cloudflare_r2_managed_domain: { M: { ...ofBucket, enabled: false } },
      cloudflare_r2_bucket_lifecycle: { L: { ...ofBucket, rules: [{ enabled: true }] } },
    },
  ],
  [
    "a bucket with a domain of its own",
    "cloudflare_r2_bucket",
    {},
    { publicAccessBlocked: false },
    { cloudflare_r2_custom_domain: { M: { ...ofBucket, enabled: true } } },
  ],
  [
    "a queue with dead letters",
    "cloudflare_queue",
    {},
    { deadLetters: true, public: false },
    { cloudflare_queue_consumer: { C: { queue_id: "${cloudflare_queue.This.queue_id}", dead_letter_queue: "failed" } } },
  ],
  [
    "a queue that drops them",
    "cloudflare_queue",
    {},
    { deadLetters: false },
    { cloudflare_queue_consumer: { C: { queue_id: "${cloudflare_queue.This.queue_id}" } } },
  ],
  ["a queue without a consumer", "cloudflare_queue", {}, { deadLetters: "unknown" }],
  [
    "a version with a key in the open",
    "cloudflare_worker_version",
    { bindings: [{ type: "plain_text", name: "API_KEY", text: "hunter2hunter2" }], compatibility_date: "2026-11-01" },
    { secretsInEnvironment: ["API_KEY"], runtimeSupported: true },
  ],
  [
    "a version with a secret",
    "cloudflare_worker_version",
    { bindings: [{ type: "secret_text", name: "API_KEY", text: LATER }] },
    { secretsInEnvironment: [], runtimeSupported: "unknown" },
  ],
  ["a notification to somebody", "cloudflare_notification_policy", { mechanisms: { email: [{ id: "a@acme.dev" }] } }, { rings: true }],
  ["a notification to nobody", "cloudflare_notification_policy", { mechanisms: { email: [] } }, { rings: false }],
  ["a pool that is watched", "cloudflare_load_balancer_pool", { origins: [{}], monitor: "m" }, { healthChecked: true }],
  ["a pool that nobody watches", "cloudflare_load_balancer_pool", { origins: [{}] }, { healthChecked: false }],
  [
    "a load balancer of a zone made elsewhere",
    "cloudflare_load_balancer",
    { zone_id: "z", proxied: true },
    { web: true, webFirewall: "unknown" },
  ],
];

describe("what Cloudflare's resources say of themselves", () => {
  test.each(CASES.map(([name, type, attributes, expected, beside]) => ({ name, type, attributes, expected, beside })))(
    "$name",
    ({ type, attributes, expected, beside }) => expect(read(type, attributes, beside)[0]).toMatchObject(expected),
  );

  test("a zone listens in two ways, and the plain one has to lead to the other", () => {
    const [tls, plain] = said(read("cloudflare_zone", {}, settings({ min_tls_version: "1.2", always_use_https: "on" })), "listener");
    expect([tls, plain]).toMatchObject([
      { encrypted: true, minimumTls: 1.2 },
      { encrypted: false, redirects: true },
    ]);
    expect(said(read("cloudflare_zone", {}), "listener")).toMatchObject([{ minimumTls: 1 }, { redirects: false }]);
  });

  test("the web firewall of a zone is what its rulesets do", () => {
    const firewall = (beside: Resources) => said(read("cloudflare_zone", {}, beside), "web-firewall")[0];
    expect(firewall({})).toMatchObject({ blocksKnownAttacks: false, limitsRate: false });
    expect(firewall(ruleset("http_request_firewall_managed", managed(CLOUDFLARE_RULES)))).toMatchObject({ blocksKnownAttacks: true });
    expect(firewall(ruleset("http_ratelimit", { action: "block" }))).toMatchObject({ limitsRate: true });
    expect(firewall(ruleset("http_ratelimit", { action: "block", enabled: false }))).toMatchObject({ limitsRate: false });
  });

  test("of a zone that is made and set elsewhere only what is there is known", () => {
    const rules = read("cloudflare_ruleset", { zone_id: "z", phase: "http_request_firewall_managed", rules: [managed(CLOUDFLARE_RULES)] });
    expect(rules).toMatchObject([{ kind: "web-firewall", blocksKnownAttacks: true, limitsRate: "unknown" }]);
    expect(read("cloudflare_dns_record", { zone_id: "z", type: "TXT" })).toEqual([]);
    const dnssec = read("cloudflare_zone_dnssec", { zone_id: "z", status: "active" });
    expect(said(dnssec, "edge-zone")).toMatchObject([{ signed: true, targetVerified: "unknown", owaspRules: "unknown" }]);
  });

  test("a zone speaks once, however many settings it has", () => {
    const beside: Resources = { cloudflare_zone_setting: { Other: { zone_id: "z", setting_id: "ssl", value: "strict" } } };
    expect(said(read("cloudflare_zone_setting", { zone_id: "z", setting_id: "tls_1_3", value: "on" }, beside), "edge-zone")).toHaveLength(
      1,
    );
    const inventory = new Inventory({ resource: { cloudflare_zone: { This: {} }, ...settings({ ssl: "strict", tls_1_3: "on" }) } });
    const all = inventory.resources.flatMap((one) => posture.readers[one.type]?.(one, inventory) ?? []);
    expect(said(all, "edge-zone")).toHaveLength(1);
  });
});

describe("the rules on Cloudflare", () => {
  const ids = (json: TerraformJson, status: string) => [
    ...new Set(
      evaluate(new Inventory(json), [cloudflare], { asOf: "2026-11-21", packs: ["regulated"] })
        .findings.filter((finding) => finding.status === status)
        .map(({ ruleId }) => ruleId),
    ),
  ];

  test("are met by what the constructs make, but for what a paid plan has", () => {
    const { json } = cfSynth((stack) => {
      const zone = new CloudflareNetwork(stack, "Zone", {
        accountId: ACCOUNT,
        domain: "acme.dev",
        records: { "api.acme.dev": { to: "203.0.113.7" } },
      });
      new CloudflareFirewall(stack, "Firewall", { zone });
      new CloudflareBackupBucket(stack, "Exports", { accountId: ACCOUNT, retentionDays: 90 });
      new CloudflareQueue(stack, "Tasks", { accountId: ACCOUNT, consumer: { worker: "planner" } });
    });
    expect(ids(json, "fail")).toMatchInlineSnapshot(`
     [
       "zone-owasp-rules",
     ]
    `);
  });

  test("fail what can be better, the worst first", () => {
    const open: Resources = {
      cloudflare_zone: { This: {} },
      ...settings({ ssl: "flexible" }),
      cloudflare_dns_record: { A: { type: "A", zone_id: "z" } },
    };
    expect(ids({ resource: open }, "fail")).toMatchInlineSnapshot(`
     [
       "listener-encrypted",
       "listener-modern-tls",
       "web-firewall-known-attacks",
       "zone-target-verified",
       "record-proxied",
       "web-firewall-rate-limited",
       "zone-hsts",
       "zone-owasp-rules",
       "zone-signed",
       "zone-authorities-named",
     ]
    `);
  });

  test("leave what Cloudflare cannot do undecided, with the reason", () => {
    const { findings } = evaluate(new Inventory({ resource: { cloudflare_r2_bucket: { B: {} } } }), [cloudflare], { asOf: "2026-11-21" });
    expect(findings.find(({ ruleId }) => ruleId === "bucket-versioned")).toMatchObject({
      status: "unknown",
      observed: "R2 keeps no old versions: a lock keeps objects from being overwritten",
    });
  });

  test("name only rules that there are, and checks in the form of their source", () => {
    const ids = RULES.map(({ id }) => id);
    const { references, lacks = {}, readers } = posture;
    expect([...Object.keys(references), ...Object.keys(lacks)].filter((id) => !ids.includes(id))).toEqual([]);
    for (const reason of Object.values(lacks)) expect(reason).toMatch(/[^.]$/);
    for (const id of Object.values(references).flatMap(({ prowler = [] }) => prowler)) expect(id).toMatch(/^(zone|dns)_[a-z0-9_]+$/);
    const types = Object.keys(providerSchema("cloudflare")?.resource_schemas ?? {});
    expect(Object.keys(readers).filter((type) => !types.includes(type))).toEqual([]);
  });
});
