import type { Fact } from "../../facts/fact";
import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type { BalancerTargetSpec } from "../../spec/balancer-target";
import type { PeerSpec } from "../../spec/firewall";
import type { LoadBalancerSpec } from "../../spec/load-balancer";

type Attributes = ResourceView["attributes"];

const HTTPS = 443;

/** A load balancer as it says itself, with its certificate and records. */
export const readLoadBalancer: Reader = (balancer, inventory): Fact[] => {
  const { attributes } = balancer;
  const https = asList(attributes.forwarding_rule)
    .map(block)
    .find((rule) => rule.entry_port === HTTPS && rule.entry_protocol === "https");
  if (attributes.type !== "REGIONAL" || https === undefined) return [];
  const domain = String(attributes.name);
  const certificate = inventory.referred(https.certificate_name);
  const issued = certificate !== undefined && certificate.path.startsWith(balancer.path.replace(/Resource$/, ""));
  const records = recordNames(balancer, inventory);
  const names = issued ? asList(certificate.attributes.domains).map(String) : records;
  const spec: LoadBalancerSpec = {
    profile: block(attributes.lifecycle).prevent_destroy === true ? "production" : "sandbox",
    exposure: attributes.network === "INTERNAL" ? "internal" : "public",
    domain,
    alternativeDomains: names.filter((name) => name !== domain).sort(),
    certificate: issued ? "issued" : "given",
    dnsManaged: records.includes(domain),
    allowFrom: peersOf(attributes),
    minTlsVersion: "1.2",
    redirectHttp: attributes.redirect_http_to_https === true,
    idleTimeoutSeconds: Number(attributes.http_idle_timeout_seconds),
    target: targetOf(https, attributes),
  };
  return [{ kind: "load-balancer", address: balancer.address, path: balancer.path, spec }];
};

function recordNames(balancer: ResourceView, inventory: Inventory): string[] {
  return inventory
    .referring("digitalocean_record", "value", balancer)
    .map(({ attributes: { name, domain } }) => (name === "@" ? String(domain) : `${String(name)}.${String(domain)}`));
}

function peersOf({ firewall }: Attributes): Record<string, PeerSpec> {
  const allowed = asList(block(firewall).allow).map((entry) => String(entry).replace(/^cidr:/, ""));
  return allowed.length === 0 ? { internet: "internet" } : Object.fromEntries(allowed.map((cidr) => [cidr, { cidr }]));
}

function targetOf(rule: Attributes, { healthcheck, sticky_sessions }: Attributes): BalancerTargetSpec {
  const health = block(healthcheck);
  return {
    port: Number(rule.target_port),
    protocol: rule.target_protocol === "http" ? "http" : "https",
    healthCheck: {
      path: String(health.path),
      intervalSeconds: Number(health.check_interval_seconds),
      timeoutSeconds: Number(health.response_timeout_seconds),
      healthyCount: Number(health.healthy_threshold),
      unhealthyCount: Number(health.unhealthy_threshold),
    },
    sticky: block(sticky_sessions).type === "cookies",
  };
}
