import type { Fact } from "../../facts/fact";
import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type { Profile } from "../../spec/context";
import type { GlobalBalancerSpec, Steering } from "../../spec/global-balancer";
import type { PoolHealthSpec, PoolSpec, PoolTargetSpec } from "../../spec/global-pool";
import type { LoadBalancerSpec } from "../../spec/load-balancer";
import { settingsIn } from "../network/read-zone";
import { STEERING_NAMES } from "./load-balancer";

type Attributes = ResourceView["attributes"];

/** Seconds that an answer may take. Source: https://developers.cloudflare.com/fundamentals/reference/connection-limits/, read 2026-11-21. */
const READ_TIMEOUT_SECONDS = 120;

/** A balancer as it says itself, with its pools and their monitors. */
export const readLoadBalancer: Reader = (balancer, inventory) => {
  const { attributes } = balancer;
  const ids = asList(attributes.default_pools);
  const pools = ids.flatMap((id) => {
    const pool = inventory.referred(id);
    return pool === undefined ? [] : [[nameOf(pool), poolOf(pool, weightOf(attributes, id), inventory)] as const];
  });
  const fallback = inventory.referred(attributes.fallback_pool);
  const [first] = ids.map((id) => inventory.referred(id));
  const spec: GlobalBalancerSpec = {
    profile: profileOf(attributes),
    domain: String(attributes.name),
    pools: Object.fromEntries(pools),
    failoverOrder: pools.map(([name]) => name),
    fallbackPool: fallback === undefined ? String(attributes.fallback_pool) : nameOf(fallback),
    steering: steeringOf(attributes),
    ...affinityOf(attributes),
    checkedFrom: asList(first?.attributes.check_regions).map(String),
  };
  const { address, path } = balancer;
  return [{ kind: "global-balancer", address, path, spec }, ...asBalancer(balancer, inventory)];
};

/** The same in the words of every balancer, when the zone that decides TLS and redirects is in the same stack. */
function asBalancer({ address, path, attributes }: ResourceView, inventory: Inventory): Fact[] {
  const setting = settingsIn(inventory, attributes.zone_id);
  if (setting("min_tls_version") === undefined || attributes.proxied !== true) return [];
  const spec: LoadBalancerSpec = {
    profile: profileOf(attributes),
    exposure: "public",
    domain: String(attributes.name),
    alternativeDomains: [],
    certificate: "issued",
    dnsManaged: true,
    allowFrom: { internet: "internet" },
    minTlsVersion: setting("min_tls_version") === "1.3" ? "1.3" : "1.2",
    redirectHttp: setting("always_use_https") === "on",
    idleTimeoutSeconds: READ_TIMEOUT_SECONDS,
  };
  return [{ kind: "load-balancer", address, path, spec }];
}

function profileOf({ lifecycle }: Attributes): Profile {
  return block(lifecycle).prevent_destroy === true ? "production" : "sandbox";
}

/** The name of a pool is in its id; one that was made otherwise goes by its own. */
function nameOf(pool: ResourceView): string {
  return /\/Pool-([^/]+)$/.exec(pool.path)?.[1] ?? String(pool.attributes.name);
}

function poolOf(pool: ResourceView, weight: number, inventory: Inventory): PoolSpec {
  const monitor = inventory.referred(pool.attributes.monitor)?.attributes ?? {};
  return {
    targets: Object.fromEntries(asList(pool.attributes.origins).map((origin) => targetOf(block(origin), inventory))),
    port: Number(monitor.port),
    healthCheck: healthOf(monitor),
    minHealthyTargets: Number(pool.attributes.minimum_origins),
    weight,
  };
}

function targetOf({ name, address, header, weight }: Attributes, inventory: Inventory): [string, PoolTargetSpec] {
  const hostHeader = String(asList(block(header).host)[0] ?? address);
  const tunnel = inventory.referred(address) !== undefined;
  const host = tunnel ? hostHeader : String(address);
  return [String(name), { host, through: tunnel ? "tunnel" : "internet", hostHeader, weight: Number(weight) }];
}

function healthOf(monitor: Attributes): PoolHealthSpec {
  return {
    path: String(monitor.path),
    intervalSeconds: Number(monitor.interval),
    timeoutSeconds: Number(monitor.timeout),
    retries: Number(monitor.retries),
    healthyCount: Number(monitor.consecutive_up),
    unhealthyCount: Number(monitor.consecutive_down),
  };
}

function weightOf({ random_steering }: Attributes, id: unknown): number {
  const { pool_weights, default_weight } = block(random_steering);
  return Number(block(pool_weights)[String(id)] ?? default_weight ?? 1);
}

function steeringOf({ steering_policy }: Attributes): Steering {
  const known = Object.entries(STEERING_NAMES).find(([, name]) => name === steering_policy)?.[0];
  return (known as Steering | undefined) ?? "failover";
}

function affinityOf({
  session_affinity,
  session_affinity_ttl,
  session_affinity_attributes,
}: Attributes): Pick<GlobalBalancerSpec, "sessionAffinity"> {
  if (session_affinity !== "cookie") return {};
  const drainSeconds = Number(block(session_affinity_attributes).drain_duration);
  return { sessionAffinity: { seconds: Number(session_affinity_ttl), drainSeconds } };
}
