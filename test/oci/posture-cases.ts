import type { TerraformJson } from "cdktf-governed-agents";

/** A value that is known only when Terraform runs. */
const LATER = "${var.later}";

type Attributes = Record<string, unknown>;
type Resources = TerraformJson["resource"];

const id = (type: string, name = "This") => `\${${type}.${name}.id}`;
const log = (service: string, resource: string) => ({ L: { is_enabled: true, configuration: { source: { service, resource } } } });
const subnet = (attributes: Attributes) => ({ oci_core_subnet: { S: attributes } });
const card = { create_vnic_details: { subnet_id: id("oci_core_subnet", "S"), nsg_ids: ["n"] } };
const closed = { manage_default_resource_id: "${oci_core_vcn.This.default_security_list_id}" };
const rule = (more: Attributes) => ({ direction: "INGRESS", protocol: "6", source: "0.0.0.0/0", source_type: "CIDR_BLOCK", ...more });
const ports = (min: number, max = min) => ({ tcp_options: { destination_port_range: { min, max } } });

type Case = readonly [name: string, type: string, attributes: Attributes, said: object, more?: Resources];

const NETWORK: readonly Case[] = [
  ["a bare network", "oci_core_vcn", {}, { flowLogged: false, defaultFirewallClosed: false }],
  [
    "a network whose subnets are all logged and whose default list is empty",
    "oci_core_vcn",
    {},
    { flowLogged: true, defaultFirewallClosed: true },
    {
      ...subnet({ vcn_id: id("oci_core_vcn") }),
      oci_logging_log: log("flowlogs", id("oci_core_subnet", "S")),
      oci_core_default_security_list: { D: closed },
    },
  ],
  [
    "a network with a default list that lets things in",
    "oci_core_vcn",
    {},
    { defaultFirewallClosed: false },
    { oci_core_default_security_list: { D: { ...closed, ingress_security_rules: [{ protocol: "1", source: "0.0.0.0/0" }] } } },
  ],
  ["a subnet without a word", "oci_core_subnet", {}, { automaticPublicAddress: true }],
  ["a private subnet", "oci_core_subnet", { prohibit_internet_ingress: true }, { automaticPublicAddress: false }],
  [
    "a rule for the world",
    "oci_core_network_security_group_security_rule",
    rule(ports(22)),
    { direction: "ingress", protocol: "tcp", fromPort: 22, toPort: 22, world: true, described: false },
  ],
  [
    "a rule for a group",
    "oci_core_network_security_group_security_rule",
    rule({ source: "n", source_type: "NETWORK_SECURITY_GROUP", description: "d" }),
    { fromPort: 0, toPort: 65535, world: false, described: true },
  ],
  [
    "a rule that is known later",
    "oci_core_network_security_group_security_rule",
    rule({ source: LATER, protocol: LATER }),
    { world: "unknown", protocol: "unknown" },
  ],
  [
    "a rule of a security list",
    "oci_core_security_list",
    { egress_security_rules: [{ protocol: "all", destination: "0.0.0.0/0" }] },
    { direction: "egress", protocol: "any", world: true },
  ],
];

const COMPUTE: readonly Case[] = [
  [
    "a machine in a subnet that allows addresses",
    "oci_core_instance",
    card,
    { metadataTokens: false, publicAddress: true, monitored: true, deletionProtected: false, firewalled: true },
    subnet({}),
  ],
  [
    "a hardened machine",
    "oci_core_instance",
    {
      instance_options: { are_legacy_imds_endpoints_disabled: true },
      create_vnic_details: { assign_public_ip: "false" },
      lifecycle: { prevent_destroy: true },
    },
    { metadataTokens: true, publicAddress: false, deletionProtected: true, firewalled: false },
  ],
  [
    "user data with a password",
    "oci_core_instance",
    { metadata: { user_data: Buffer.from("export DB_PASSWORD=hunter2hunter2\n").toString("base64") } },
    { secretsInUserData: ["DB_PASSWORD"] },
  ],
  [
    "a template",
    "oci_core_instance_configuration",
    { instance_details: { launch_details: card } },
    { template: true, publicAddress: false },
    subnet({ prohibit_public_ip_on_vnic: true }),
  ],
  [
    "a pool in two availability domains",
    "oci_core_instance_pool",
    { instance_configuration_id: "c", placement_configurations: [{ availability_domain: "AD-1" }, { availability_domain: "AD-2" }] },
    { zones: 2, usesTemplate: true, balanced: false },
  ],
  [
    "an alarm on silence",
    "oci_monitoring_alarm",
    { is_enabled: true, destinations: ["t"], query: "Heartbeat[1m].absent(10m)" },
    { rings: true, heartbeat: true, silenceRings: true },
  ],
  [
    "an alarm on a resource that is known later",
    "oci_monitoring_alarm",
    { is_enabled: true, destinations: ["t"], query: 'Cpu[1m]{resourceId = "${x.y.id}"}.max() > 80' },
    { heartbeat: false, silenceRings: false },
  ],
  ["an alarm whose query is known later", "oci_monitoring_alarm", { query: LATER }, { heartbeat: "unknown" }],
  [
    "an alarm that is off",
    "oci_monitoring_alarm",
    { is_enabled: false, destinations: ["t"], query: "Cpu[1m].mean() > 80" },
    { rings: false, heartbeat: false, silenceRings: false },
  ],
];

/** A policy that is assigned to the volume. */
export const assigned = { oci_core_volume_backup_policy_assignment: { A: { asset_id: id("oci_core_volume") } } };
const system = {
  instance_count: 2,
  storage_details: { is_regionally_durable: true },
  management_policy: { backup_policy: { kind: "DAILY", retention_days: 14 } },
};
const secret = { username: "agents", password_details: { password_type: "VAULT_SECRET", secret_id: "s" } };
const plain = { username: "agents", password_details: { password_type: "PLAIN_TEXT", password: "hunter2hunter2" } };

const DATA: readonly Case[] = [
  ["a bare volume", "oci_core_volume", {}, { encryption: "provider-key", backedUp: false }],
  ["a volume with key and policy", "oci_core_volume", { kms_key_id: "k" }, { encryption: "customer-key", backedUp: true }, assigned],
  [
    "a volume in a group that has a policy",
    "oci_core_volume",
    {},
    { backedUp: true },
    {
      oci_core_volume_group: { G: { source_details: { volume_ids: [id("oci_core_volume")] } } },
      oci_core_volume_backup_policy_assignment: { A: { asset_id: id("oci_core_volume_group", "G") } },
    },
  ],
  [
    "a database in two zones",
    "oci_psql_db_system",
    { ...system, credentials: secret },
    { zones: 2, backupDays: 14, password: "managed", adminName: "agents", publicAddress: false, tlsRequired: true },
  ],
  [
    "a database with its password in the code",
    "oci_psql_db_system",
    { instance_count: 1, credentials: plain },
    { zones: 1, backupDays: 0, password: "code" },
  ],
  [
    "a bare bucket",
    "oci_objectstorage_bucket",
    {},
    { publicAccessBlocked: true, versioned: false, lifecycle: false, replicated: false, accessLogged: false },
  ],
  ["an open bucket", "oci_objectstorage_bucket", { access_type: "ObjectRead" }, { publicAccessBlocked: false }],
  [
    "a careful bucket",
    "oci_objectstorage_bucket",
    { versioning: "Enabled", kms_key_id: "k" },
    { versioned: true, encryption: "customer-key", lifecycle: true, replicated: true },
    {
      oci_objectstorage_object_lifecycle_policy: { P: { bucket: "${oci_objectstorage_bucket.This.name}", rules: [{ is_enabled: true }] } },
      oci_objectstorage_replication_policy: { R: { bucket: "${oci_objectstorage_bucket.This.name}" } },
    },
  ],
  ["a key that rotates", "oci_kms_key", { is_auto_rotation_enabled: true }, { rotated: true, public: false, deletionDays: 30 }],
  ["a secret that OCI makes", "oci_vault_secret", { enable_auto_generation: true }, { value: "nowhere", rotationDays: -1 }],
  [
    "a secret in the code that rotates",
    "oci_vault_secret",
    { secret_content: { content: "aHVudGVyMg==" }, rotation_config: { is_scheduled_rotation_enabled: true, rotation_interval: "P30D" } },
    { value: "code", rotationDays: 30 },
  ],
  ["a log", "oci_logging_log", { retention_duration: 180 }, { retentionDays: 180 }],
  ["a registry", "oci_artifacts_container_repository", { is_immutable: true }, { immutable: true }],
  ["a topic", "oci_ons_notification_topic", {}, { encryption: "provider-key", public: false }],
  [
    "a policy for everything",
    "oci_identity_policy",
    { statements: ["Allow group G to manage all-resources in tenancy"] },
    { fullAccess: true, broadWrites: ["manage all-resources"] },
  ],
  [
    "a policy for one key",
    "oci_identity_policy",
    { statements: ["Allow service blockstorage to use keys in compartment id c where target.key.id = 'k'"] },
    { fullAccess: false, broadWrites: [] },
  ],
  [
    "a certificate that was imported",
    "oci_certificates_management_certificate",
    { certificate_config: { config_type: "IMPORTED" } },
    { renewsItself: false },
  ],
];

const ofBalancer = { load_balancer_id: id("oci_load_balancer_load_balancer") };
const policy = {
  actions: [
    { name: "refuse", type: "RETURN_HTTP_RESPONSE" },
    { name: "look", type: "CHECK" },
  ],
  request_protection: { rules: [{ action_name: "refuse" }] },
  request_rate_limiting: { rules: [{ action_name: "look" }] },
};

const EDGE: readonly Case[] = [
  [
    "a bare balancer",
    "oci_load_balancer_load_balancer",
    { subnet_ids: [id("oci_core_subnet", "S")] },
    { public: true, accessLogged: false, dropsInvalidHeaders: false, deletionProtected: false, zones: 2, webFirewall: false },
    subnet({}),
  ],
  [
    "a careful balancer",
    "oci_load_balancer_load_balancer",
    { is_private: true, is_delete_protection_enabled: true, subnet_ids: ["s"] },
    { public: false, accessLogged: true, dropsInvalidHeaders: true, deletionProtected: true, zones: "unknown", webFirewall: true },
    {
      oci_logging_log: log("loadbalancer", id("oci_load_balancer_load_balancer")),
      oci_load_balancer_rule_set: { R: { ...ofBalancer, items: [{ action: "HTTP_HEADER", are_invalid_characters_allowed: false }] } },
      oci_waf_web_app_firewall: { W: ofBalancer },
    },
  ],
  ["a listener without TLS", "oci_load_balancer_listener", { protocol: "HTTP" }, { encrypted: false, redirects: false, minimumTls: 0 }],
  [
    "a listener with TLS",
    "oci_load_balancer_listener",
    { protocol: "HTTP2", ssl_configuration: { protocols: ["TLSv1.3", "TLSv1.2"] } },
    { encrypted: true, minimumTls: 1.2 },
  ],
  [
    "a listener that redirects",
    "oci_load_balancer_listener",
    { protocol: "HTTP", rule_set_names: ["${oci_load_balancer_rule_set.R.name}"] },
    { redirects: true },
    { oci_load_balancer_rule_set: { R: { items: [{ action: "REDIRECT", redirect_uri: { protocol: "HTTPS" } }] } } },
  ],
  ["a backend set", "oci_load_balancer_backend_set", { health_checker: { protocol: "HTTP" } }, { encrypted: false, healthChecked: true }],
  [
    "a web firewall",
    "oci_waf_web_app_firewall",
    { web_app_firewall_policy_id: id("oci_waf_web_app_firewall_policy", "P") },
    { blocksKnownAttacks: true, limitsRate: false, logged: false },
    { oci_waf_web_app_firewall_policy: { P: policy } },
  ],
  [
    "a web firewall with a policy elsewhere",
    "oci_waf_web_app_firewall",
    { web_app_firewall_policy_id: "ocid1" },
    { blocksKnownAttacks: "unknown", limitsRate: "unknown" },
  ],
];

/** A resource, what has to be said of it first, and what stands beside it. */
export const CASES = [...NETWORK, ...COMPUTE, ...DATA, ...EDGE].map(([name, ...rest]) => ({ name, rest }));
