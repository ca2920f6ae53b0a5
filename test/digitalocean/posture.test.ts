import { Inventory, type TerraformJson } from "cdktf-governed-agents";
import { digitalocean } from "cdktf-governed-agents/digitalocean";
import type { Posture } from "../../lib/facts/posture";
import { evaluate } from "../../lib/policy";
import { RULES } from "../../lib/policy/rules";
import { providerSchema } from "../schema/provider-schema";

const LATER = "${var.later}";

type Resources = TerraformJson["resource"];
type Case = readonly [name: string, type: string, attributes: Record<string, unknown>, said: object, beside?: Resources];

const posture = digitalocean.posture as NonNullable<typeof digitalocean.posture>;

/** What the readers say of one resource; further resources are beside it. */
function read(type: string, attributes: Record<string, unknown>, beside: Resources = {}): readonly Posture[] {
  const inventory = new Inventory({ resource: { ...beside, [type]: { This: attributes, ...beside[type] } } });
  const view = inventory.resources.find(({ address }) => address === `${type}.This`);
  return posture.readers[type]?.(view as never, inventory) ?? [];
}

const firewall = (attributes: object): Resources => ({ digitalocean_firewall: { F: attributes as never } });
const sources = (...rule: readonly object[]): Resources => ({
  digitalocean_database_firewall: { F: { cluster_id: "${digitalocean_database_cluster.This.id}", rule } },
});
const policy = (Statement: unknown): Resources => ({
  digitalocean_spaces_bucket_policy: { P: { bucket: "${digitalocean_spaces_bucket.This.name}", policy: JSON.stringify({ Statement }) } },
});

const CASES: readonly Case[] = [
  [
    "a droplet of which little is said",
    "digitalocean_droplet",
    {},
    { publicAddress: true, monitored: false, backedUp: false, firewalled: false, networkChosen: false, deletionProtected: false },
  ],
  [
    "a droplet that is kept well",
    "digitalocean_droplet",
    {
      monitoring: true,
      backups: true,
      vpc_uuid: LATER,
      tags: ["web"],
      lifecycle: { prevent_destroy: true },
      user_data: "KEY_FILE=/run/key",
    },
    { monitored: true, backedUp: true, firewalled: true, networkChosen: true, deletionProtected: true, secretsInUserData: [] },
    firewall({ tags: ["db", "web"] }),
  ],
  [
    "a droplet that a firewall names",
    "digitalocean_droplet",
    {},
    { firewalled: true },
    firewall({ droplet_ids: ["${digitalocean_droplet.This.id}"] }),
  ],
  ["a droplet with other tags", "digitalocean_droplet", { tags: ["web"] }, { firewalled: false }, firewall({ tags: ["db"] })],
  [
    "a droplet with tags that are known later",
    "digitalocean_droplet",
    { tags: LATER },
    { firewalled: "unknown" },
    firewall({ tags: ["db"] }),
  ],
  [
    "user data with a password",
    "digitalocean_droplet",
    { user_data: "DB_PASSWORD=hunter2hunter2\n" },
    { secretsInUserData: ["DB_PASSWORD"] },
  ],
  ["user data that is known later", "digitalocean_droplet", { user_data: LATER }, { secretsInUserData: "unknown" }],
  ["a droplet whose data is on a volume", "digitalocean_droplet", { volume_ids: [LATER] }, { backedUp: undefined }],
  ["a volume", "digitalocean_volume", {}, { encryption: "provider-key", backedUp: false }],
  ["a VPC", "digitalocean_vpc", {}, { flowLogged: false, defaultFirewallClosed: false }],
  [
    "a database without firewall, in no network",
    "digitalocean_database_cluster",
    { engine: "pg" },
    { sourcesNamed: false, networkChosen: false, deletionProtected: false, tlsRequired: true, backupDays: 7 },
  ],
  [
    "a database that is kept well",
    "digitalocean_database_cluster",
    { engine: "pg", private_network_uuid: LATER, lifecycle: { prevent_destroy: true } },
    { sourcesNamed: true, networkChosen: true, deletionProtected: true },
    sources({ type: "tag", value: "web" }, { type: "ip_addr", value: "10.0.0.0/16" }),
  ],
  ...["0.0.0.0/0", "0.0.0.0", "128.0.0.0/1", "::/0", "::"].map((value): Case => {
    const rules = sources({ type: "app", value: LATER }, { type: "ip_addr", value });
    return [`a database that ${value} may reach`, "digitalocean_database_cluster", { engine: "pg" }, { sourcesNamed: false }, rules];
  }),
  [
    "a database with a source that is known later",
    "digitalocean_database_cluster",
    { engine: LATER },
    { sourcesNamed: "unknown" },
    sources({ type: "ip_addr", value: LATER }),
  ],
  [
    "a read-only node, which has the firewall of its cluster",
    "digitalocean_database_replica",
    { cluster_id: "${digitalocean_database_cluster.This.id}" },
    { replica: true, sourcesNamed: true },
    { ...sources({ type: "tag", value: "web" }), digitalocean_database_cluster: { This: { engine: "pg" } } },
  ],
  [
    "a load balancer inside of a network",
    "digitalocean_loadbalancer",
    { network: "INTERNAL", vpc_uuid: LATER, forwarding_rule: { entry_protocol: "https", target_protocol: "http" } },
    { public: false, web: true, networkChosen: true },
  ],
  [
    "one that passes packets on",
    "digitalocean_loadbalancer",
    { forwarding_rule: [{ entry_protocol: "tcp" }] },
    { public: true, web: false },
  ],
  [
    "a certificate that renews itself",
    "digitalocean_certificate",
    { type: "lets_encrypt" },
    { renewsItself: true, replacedBeforeDestroyed: false },
  ],
  [
    "a certificate that was uploaded",
    "digitalocean_certificate",
    { private_key: LATER, lifecycle: { create_before_destroy: true } },
    { renewsItself: false, replacedBeforeDestroyed: true },
  ],
  [
    "a bucket",
    "digitalocean_spaces_bucket",
    { name: "b" },
    { publicAccessBlocked: true, versioned: false, lifecycle: false, accessLogged: false },
  ],
  [
    "a bucket that is kept well",
    "digitalocean_spaces_bucket",
    { name: "b", acl: "private", versioning: { enabled: true }, lifecycle_rule: { enabled: true } },
    { publicAccessBlocked: true, versioned: true, lifecycle: true, accessLogged: true },
    { digitalocean_spaces_bucket_logging: { L: { bucket: "b", target_bucket: "logs" } }, ...policy([{ Effect: "Deny", Principal: "*" }]) },
  ],
  ["a bucket for all", "digitalocean_spaces_bucket", { acl: "public-read" }, { publicAccessBlocked: false }],
  [
    "a bucket that its policy opens",
    "digitalocean_spaces_bucket",
    {},
    { publicAccessBlocked: false },
    policy([{ Effect: "Allow", Principal: { AWS: ["*"] } }]),
  ],
  [
    "a bucket with a policy that is known later",
    "digitalocean_spaces_bucket",
    {},
    { publicAccessBlocked: "unknown" },
    { digitalocean_spaces_bucket_policy: { P: { bucket: "${digitalocean_spaces_bucket.This.name}", policy: LATER } } },
  ],
  ["an alert", "digitalocean_monitor_alert", { alerts: { email: ["ada@acme.dev"] } }, { rings: true, heartbeat: false }],
  ["an alert that tells nobody", "digitalocean_monitor_alert", { alerts: {} }, { rings: false }],
  ["an alert that is off", "digitalocean_monitor_alert", { enabled: false, alerts: { email: ["ada@acme.dev"] } }, { rings: false }],
  [
    "an alert on silence",
    "digitalocean_uptime_alert",
    { type: "down", notifications: [{ slack: { channel: "a", url: LATER } }] },
    { rings: true, heartbeat: true, silenceRings: true },
  ],
];

describe("DigitalOcean says of", () => {
  test.each(CASES.map(([name, ...rest]) => ({ name, rest })))("$name", ({ rest: [type, attributes, said, beside] }) => {
    expect(read(type, attributes, beside)[0]).toMatchObject(said);
  });

  test("a firewall what its rules open", () => {
    const [group, ...rules] = read("digitalocean_firewall", {
      inbound_rule: [
        { protocol: "tcp", port_range: "443", source_addresses: ["0.0.0.0/0", "::/0"], "//": "the world" },
        { protocol: "tcp", port_range: "8000-9000", source_load_balancer_uids: [LATER] },
        { protocol: LATER, port_range: LATER, source_addresses: LATER },
      ],
      outbound_rule: { protocol: "icmp", destination_addresses: ["10.0.0.0/8"] },
    });
    expect(group).toMatchObject({ kind: "firewall-group", described: false });
    expect(rules).toMatchObject([
      { direction: "ingress", protocol: "tcp", fromPort: 443, toPort: 443, world: true, described: true },
      { direction: "ingress", protocol: "tcp", fromPort: 8000, toPort: 9000, world: false, described: false },
      { direction: "ingress", protocol: "unknown", fromPort: "unknown", toPort: "unknown", world: "unknown" },
      { direction: "egress", protocol: "icmp", fromPort: 0, toPort: 65535, world: false },
    ]);
  });

  test.each<[string, object, object, object]>([
    ["https", { entry_protocol: "https" }, { tls_cipher_policy: "STRONG" }, { encrypted: true, minimumTls: 1.2, strongCiphers: true }],
    ["weak https", { entry_protocol: "http2" }, {}, { encrypted: true, minimumTls: "unknown", strongCiphers: false }],
    ["plain http", { entry_protocol: "http" }, {}, { encrypted: false, redirects: false }],
    ["http that redirects", { entry_protocol: "http" }, { redirect_http_to_https: true }, { encrypted: false, redirects: true }],
    ["what is passed on", { entry_protocol: "https", tls_passthrough: true }, {}, { encrypted: "unknown" }],
  ])("a listener: %s", (_, rule, balancer, said) => {
    expect(read("digitalocean_loadbalancer", { ...balancer, forwarding_rule: [rule] })[1]).toMatchObject({ kind: "listener", ...said });
  });

  test("an app what its containers are, with the secrets in its variables", () => {
    const env = [
      { key: "DB_PASSWORD", value: "hunter2" },
      { key: "MODEL_KEY", value: "abc", type: "SECRET" },
      { key: "SAFE_SECRET", value: "EV[1:abc]", type: "SECRET" },
      { key: "LATER_TOKEN", value: LATER, type: "SECRET" },
    ];
    const [service, api, worker] = read("digitalocean_app", {
      spec: {
        env: [{ key: "API_TOKEN", value: "x" }],
        service: [{ name: "api", env, image: { digest: "sha256:1" } }],
        worker: { name: "w", env: LATER },
      },
    });
    expect(service).toMatchObject({ kind: "service", publicAddress: false, rollback: true, shell: true });
    expect(api).toMatchObject({
      kind: "container",
      name: "api",
      pinned: true,
      secretsInEnvironment: ["MODEL_KEY", "DB_PASSWORD", "API_TOKEN"],
    });
    expect(worker).toMatchObject({ name: "w", pinned: false, secretsInEnvironment: "unknown" });
    expect(read("digitalocean_app", { spec: LATER })).toEqual([]);
  });

  test("caches nothing: they are no relational database", () => {
    expect(read("digitalocean_database_cluster", { engine: "valkey" })).toEqual([]);
  });
});

describe("the rules on DigitalOcean", () => {
  const findings = (resource: Resources) =>
    evaluate(new Inventory({ resource }), [digitalocean], { asOf: "2026-11-21", packs: ["regulated"] }).findings;
  const ids = (resource: Resources, status: string) => [
    ...new Set(
      findings(resource)
        .filter((finding) => finding.status === status)
        .map(({ ruleId }) => ruleId),
    ),
  ];

  test("fail what can be better, the worst first", () => {
    const open: Resources = {
      digitalocean_database_cluster: { Db: { engine: "pg" } },
      digitalocean_droplet: { Vm: {} },
      digitalocean_loadbalancer: { Lb: { forwarding_rule: [{ entry_protocol: "https", target_protocol: "https" }], healthcheck: {} } },
    };
    expect(ids(open, "fail")).toMatchInlineSnapshot(`
     [
       "database-sources-named",
       "database-deletion-protected",
       "listener-strong-ciphers",
       "machine-firewalled",
       "balancer-deletion-protected",
       "balancer-private",
       "machine-backed-up",
       "machine-deletion-protected",
       "network-chosen",
       "machine-monitored",
     ]
    `);
  });

  test("leave what DigitalOcean cannot do undecided, with the reason", () => {
    const [first] = findings({ digitalocean_vpc: { Vpc: {} } }).filter(({ ruleId }) => ruleId === "network-flow-logged");
    expect(first).toMatchObject({ status: "unknown", observed: "DigitalOcean keeps no flow logs" });
  });

  test("name only rules that there are, and scanner checks in the form of their source", () => {
    const known = RULES.map(({ id }) => id);
    const { references, lacks = {}, readers } = posture;
    expect([...Object.keys(references), ...Object.keys(lacks)].filter((id) => !known.includes(id))).toEqual([]);
    for (const reason of Object.values(lacks)) expect(reason).toMatch(/[^.]$/);
    for (const id of Object.values(references).flatMap(({ checkov = [] }) => checkov)) expect(id).toMatch(/^CKV_DIO_\d+$/);
    for (const id of Object.values(references).flatMap(({ trivy = [] }) => trivy)) expect(id).toMatch(/^DIG-\d{4}$/);
    const types = Object.keys(providerSchema("digitalocean")?.resource_schemas ?? {});
    expect(Object.keys(readers).filter((type) => !types.includes(type))).toEqual([]);
  });
});
