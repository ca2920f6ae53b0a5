import type { Fact } from "../../facts/fact";
import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type { BalancerRouteSpec } from "../../spec/balancer-route";
import type { FirewallRuleSpec, PeerSpec } from "../../spec/firewall";
import type { LoadBalancerSpec } from "../../spec/load-balancer";
import type { WebFirewallSpec } from "../../spec/web-firewall";
import { readFirewall } from "../network/read-network";
import { readRoutingCondition } from "./routing-condition";
import { CAPABILITIES } from "./web-firewall";

const HTTP = 80;
const HTTPS = 443;

/** A load balancer as its listeners, firewall, records, logs and web firewall say it. */
export const readLoadBalancer: Reader = (balancer, inventory): Fact[] => {
  const { attributes } = balancer;
  const listeners = inventory.referring("oci_load_balancer_listener", "load_balancer_id", balancer).map((listener) => listener.attributes);
  const https = listeners.find((listener) => listener.port === HTTPS);
  if (https === undefined) return [];
  const [domain = "", ...others] = asList(https.hostname_names).map((name) => String(inventory.referred(name)?.attributes.hostname));
  const spec: LoadBalancerSpec = {
    profile: attributes.is_delete_protection_enabled === true ? "production" : "sandbox",
    exposure: attributes.is_private === true ? "internal" : "public",
    domain,
    alternativeDomains: others.sort(),
    certificate: "given",
    dnsManaged: inventory.referring("oci_dns_rrset", "items.rdata", balancer).some((record) => record.attributes.domain === domain),
    allowFrom: peersOf(balancer, inventory),
    minTlsVersion: asList(block(https.ssl_configuration).protocols).includes("TLSv1.2") ? "1.2" : "1.3",
    redirectHttp: listeners.some((listener) => listener.port === HTTP),
    idleTimeoutSeconds: Number(block(https.connection_configuration).idle_timeout_in_seconds),
    accessLogRetentionDays: logDays(balancer, inventory),
    webFirewall: webFirewallOf(balancer, inventory),
  };
  return [{ kind: "load-balancer", address: balancer.address, path: balancer.path, spec }];
};

function peersOf(balancer: ResourceView, inventory: Inventory): Record<string, PeerSpec> {
  const groups = asList(balancer.attributes.network_security_group_ids).flatMap((id) => inventory.referred(id) ?? []);
  const facts = groups.flatMap((group) => [...readFirewall(group, inventory)]);
  const rules = facts.flatMap((fact): readonly FirewallRuleSpec[] => (fact.kind === "firewall" ? fact.spec.rules : []));
  const https = rules.filter(({ direction, name }) => direction === "ingress" && name.startsWith("https-"));
  return Object.fromEntries(https.map(({ name, peer }) => [name.slice("https-".length), peer]));
}

/** 0 without a log. */
function logDays(resource: ResourceView | undefined, inventory: Inventory): number {
  if (resource === undefined) return 0;
  const logs = inventory.referring("oci_logging_log", "configuration.source.resource", resource);
  return Math.max(0, ...logs.filter((log) => log.attributes.is_enabled !== false).map((log) => Number(log.attributes.retention_duration)));
}

function webFirewallOf(balancer: ResourceView, inventory: Inventory): WebFirewallSpec | undefined {
  const [firewall] = inventory.referring("oci_waf_web_app_firewall", "load_balancer_id", balancer);
  const policy = inventory.referred(firewall?.attributes.web_app_firewall_policy_id)?.attributes;
  if (policy === undefined) return undefined;
  const limit = block(block(block(policy.request_rate_limiting).rules).configurations);
  const capabilities = asList(block(block(policy.request_protection).rules).protection_capabilities).map(block);
  const counted = capabilities.filter((capability) => capability.action_name !== undefined);
  const names = new Map(Object.entries(CAPABILITIES).map(([name, { key }]) => [key as unknown, name]));
  return {
    requestsPer5Minutes: Number(limit.requests_limit),
    countOnly: counted.map(({ key }) => names.get(key) ?? String(key)),
    logRetentionDays: logDays(firewall, inventory),
  };
}

/** A route as its backend set and its rule in the routing policy say it. */
export const readBalancerRoute: Reader = (set, inventory): Fact[] => {
  const balancer = inventory.referred(set.attributes.load_balancer_id);
  const [policy] = inventory.referring("oci_load_balancer_load_balancer_routing_policy", "rules.actions.backend_set_name", set);
  const rules = asList(policy?.attributes.rules).map(block);
  const rule = rules.find((one) => inventory.referred(block(one.actions).backend_set_name)?.address === set.address);
  if (balancer === undefined || rule === undefined) return [];
  const health = block(set.attributes.health_checker);
  const spec: BalancerRouteSpec = {
    balancer: balancer.path.replace(/\/Resource$/, ""),
    ...readRoutingCondition(String(rule.condition)),
    port: Number(health.port),
    protocol: set.attributes.ssl_configuration === undefined ? "http" : "https",
    healthCheck: {
      path: String(health.url_path),
      intervalSeconds: Number(health.interval_ms) / 1000,
      timeoutSeconds: Number(health.timeout_in_millis) / 1000,
      unhealthyCount: Number(health.retries),
    },
    sticky: set.attributes.lb_cookie_session_persistence_configuration !== undefined,
    priority: Number(/^p(\d+)_/.exec(String(rule.name))?.[1]),
  };
  return [{ kind: "balancer-route", address: set.address, path: set.path, spec }];
};
