import type { Fact } from "../../facts/fact";
import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type { BalancerRouteSpec } from "../../spec/balancer-route";
import type { PeerSpec } from "../../spec/firewall";
import type { LoadBalancerSpec } from "../../spec/load-balancer";
import type { TestListenerSpec } from "../../spec/test-listener";
import type { WebFirewallSpec } from "../../spec/web-firewall";
import { readPeer } from "../network/read-network";

type Attributes = ResourceView["attributes"];

const HTTP = 80;
const HTTPS = 443;

/** A load balancer as its listeners, firewall, records, log bucket and web ACL say it. */
export const readLoadBalancer: Reader = (balancer, inventory): Fact[] => {
  const { attributes } = balancer;
  const listeners = inventory.referring("aws_lb_listener", "load_balancer_arn", balancer).map((listener) => listener.attributes);
  const https = listeners.find((listener) => listener.port === HTTPS);
  if (attributes.load_balancer_type !== "application" || https === undefined) return [];
  const domain = String(block(attributes.tags).domain);
  const names = recordNames(balancer, inventory);
  const spec: LoadBalancerSpec = {
    profile: attributes.enable_deletion_protection === true ? "production" : "sandbox",
    exposure: attributes.internal === true ? "internal" : "public",
    domain,
    alternativeDomains: names.filter((name) => name !== domain).sort(),
    certificate: isIssuedFor(balancer, inventory.referred(https.certificate_arn)) ? "issued" : "given",
    dnsManaged: names.includes(domain),
    allowFrom: peersOf(balancer, inventory, "https-"),
    minTlsVersion: String(https.ssl_policy).includes("TLS13-1-3") ? "1.3" : "1.2",
    redirectHttp: listeners.some((listener) => listener.port === HTTP),
    idleTimeoutSeconds: Number(attributes.idle_timeout),
    accessLogRetentionDays: accessLogDays(attributes, inventory),
    webFirewall: webFirewallOf(balancer, inventory),
    testListener: testListenerOf(balancer, inventory, listeners),
  };
  return [{ kind: "load-balancer", address: balancer.address, path: balancer.path, spec }];
};

function recordNames(balancer: ResourceView, inventory: Inventory): string[] {
  return Object.values(inventory.json.resource?.aws_route53_record ?? {})
    .filter((record) => inventory.referred(block(record.alias).name)?.address === balancer.address)
    .map((record) => String(record.name));
}

/** Whether a certificate was made together with the balancer. */
function isIssuedFor(balancer: ResourceView, validation: ResourceView | undefined): boolean {
  const scope = balancer.path.replace(/Resource$/, "");
  return validation?.type === "aws_acm_certificate_validation" && validation.path.startsWith(scope);
}

function peersOf(balancer: ResourceView, inventory: Inventory, prefix: string): Record<string, PeerSpec> {
  const groups = asList(balancer.attributes.security_groups).flatMap((group) => asList(inventory.referred(group))) as ResourceView[];
  const rules = groups.flatMap((group) => inventory.referring("aws_vpc_security_group_ingress_rule", "security_group_id", group));
  const peers = rules.map(({ attributes }): [string, PeerSpec] => [String(block(attributes.tags).Name), readPeer(attributes, inventory)]);
  return Object.fromEntries(peers.filter(([name]) => name.startsWith(prefix)).map(([name, peer]) => [name.slice(prefix.length), peer]));
}

function accessLogDays(attributes: Attributes, inventory: Inventory): number {
  const bucket = inventory.referred(block(attributes.access_logs).bucket);
  const [expiry] = bucket === undefined ? [] : inventory.referring("aws_s3_bucket_lifecycle_configuration", "bucket", bucket);
  return Number(block(block(expiry?.attributes.rule).expiration).days ?? 0);
}

function webFirewallOf(balancer: ResourceView, inventory: Inventory): WebFirewallSpec | undefined {
  const [association] = inventory.referring("aws_wafv2_web_acl_association", "resource_arn", balancer);
  const acl = inventory.referred(association?.attributes.web_acl_arn);
  if (acl === undefined) return undefined;
  const statements = asList(acl.attributes.rule).map((rule) => block(block(rule).statement));
  const [limit] = statements.flatMap((statement) => asList(statement.rate_based_statement));
  const overrides = statements.flatMap((statement) => asList(block(statement.managed_rule_group_statement).rule_action_override));
  const [logging] = inventory.referring("aws_wafv2_web_acl_logging_configuration", "resource_arn", acl);
  const logs = inventory.referred(asList(logging?.attributes.log_destination_configs)[0]);
  return {
    requestsPer5Minutes: Number(block(limit).limit),
    countOnly: overrides.map((override) => String(block(override).name)),
    logRetentionDays: Number(logs?.attributes.retention_in_days ?? 0),
  };
}

function testListenerOf(balancer: ResourceView, inventory: Inventory, listeners: readonly Attributes[]): TestListenerSpec | undefined {
  const listener = listeners.find(({ port }) => port !== HTTP && port !== HTTPS);
  return listener === undefined ? undefined : { port: Number(listener.port), allowFrom: peersOf(balancer, inventory, "test-") };
}

/** A route as its rule on the HTTPS listener and its target group say it. */
export const readBalancerRoute: Reader = (rule, inventory): Fact[] => {
  const listener = inventory.referred(rule.attributes.listener_arn);
  const balancer = inventory.referred(listener?.attributes.load_balancer_arn);
  const group = inventory.referred(block(rule.attributes.action).target_group_arn)?.attributes;
  if (balancer === undefined || group === undefined || listener?.attributes.port !== HTTPS) return [];
  const conditions = asList(rule.attributes.condition).map(block);
  const patterns = (kind: string) => conditions.flatMap((condition) => asList(block(condition[kind]).values) as string[]);
  const health = block(group.health_check);
  const spec: BalancerRouteSpec = {
    balancer: balancer.path.replace(/\/Resource$/, ""),
    hosts: patterns("host_header"),
    paths: patterns("path_pattern"),
    port: Number(group.port),
    protocol: group.protocol === "HTTP" ? "http" : "https",
    healthCheck: {
      path: String(health.path),
      intervalSeconds: Number(health.interval),
      timeoutSeconds: Number(health.timeout),
      healthyCount: Number(health.healthy_threshold),
      unhealthyCount: Number(health.unhealthy_threshold),
    },
    deregistrationDelaySeconds: Number(group.deregistration_delay),
    sticky: block(group.stickiness).enabled === true,
    canary: asList(block(rule.attributes.lifecycle).ignore_changes).includes("action"),
    priority: Number(rule.attributes.priority),
  };
  return [{ kind: "balancer-route", address: rule.address, path: rule.path, spec }];
};
