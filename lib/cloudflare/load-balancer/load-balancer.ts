import { LoadBalancer } from "@cdktf/provider-cloudflare/lib/load-balancer";
import { LoadBalancerMonitor } from "@cdktf/provider-cloudflare/lib/load-balancer-monitor";
import { LoadBalancerPool, type LoadBalancerPoolOrigins } from "@cdktf/provider-cloudflare/lib/load-balancer-pool";
import { Construct } from "constructs";
import { claimName, physicalName } from "../../names";
import { specContext, type ProviderProps } from "../../spec/context";
import {
  detectionSeconds,
  globalBalancerSpec,
  type GlobalBalancerLimits,
  type GlobalBalancerProps,
  type GlobalBalancerSpec,
  type Steering,
} from "../../spec/global-balancer";
import type { PoolHealthSpec, PoolSpec, PoolTargetSpec } from "../../spec/global-pool";
import type { IBalanced } from "../../spec/load-balancer";
import { CloudflareTunnel } from "../network/tunnel";
import { checkZone, hostsIn, type ICloudflareZone } from "../zone";

/**
 * Limits of an account, except on Enterprise, where the contract decides.
 * Source: https://developers.cloudflare.com/load-balancing/reference/limitations/, read 2026-11-21.
 */
const MAX_POOLS = 20;
const MAX_TARGETS = 20;
const MIN_INTERVAL_SECONDS = { contract: 10, other: 15 } as const;

/**
 * Regions that targets can be checked from, by three data centers each; all data centers at once are for Enterprise only.
 * Source: https://developers.cloudflare.com/load-balancing/reference/region-mapping-api/ and .../load-balancing/monitors/, read 2026-11-21.
 */
export const CHECK_REGIONS = ["WNAM", "ENAM", "WEU", "EEU", "NSAM", "SSAM", "OC", "ME", "NAF", "SAF", "SAS", "SEAS", "NEAS"] as const;

const DEFAULT_REGIONS = ["WEU", "ENAM", "SEAS"] as const;

/** What each way of choosing a pool is called. */
export const STEERING_NAMES = {
  failover: "off",
  latency: "dynamic_latency",
  random: "random",
  "least-connections": "least_connections",
} as const satisfies Record<Steering, string>;

const MAX_NAME = 63;

export interface CloudflareLoadBalancerProps extends GlobalBalancerProps {
  /** The zone that the domain is in. */
  readonly zone: ICloudflareZone;
  /** @default ["WEU", "ENAM", "SEAS"] */
  readonly checkedFrom?: readonly (typeof CHECK_REGIONS)[number][];
}

/**
 * One name for what runs at several providers: checked pools that take over from each other while requests run.
 *
 * Creates a `cloudflare_load_balancer` (proxied, with its DNS record), and for each pool a `cloudflare_load_balancer_pool` and a
 * `cloudflare_load_balancer_monitor`. Targets are asked by HTTPS under their own names; a request that a dead target could not answer is tried
 * once more at another, in the next pool too. Adding, ordering and removing pools leaves the others where they are. In production
 * Terraform refuses to destroy the balancer.
 * Cost (2026-11-21): Load Balancing is a paid add-on of every plan, bought in the dashboard; its price has no vendor source and is a gap.
 * TLS of clients, HTTP redirects and HSTS are settings of the zone; the certificate is the zone's Universal SSL.
 * WebSocket passes through without being asked for: a connection counts as one request, goes to one target, and ends when Cloudflare
 * restarts a server or its target fails, so that clients have to connect again; idle client connections close after 400 seconds, and an answer
 * may take 120 seconds (https://developers.cloudflare.com/fundamentals/reference/connection-limits/, read 2026-11-21): ping every 30.
 * Not covered: steering by country or distance, custom rules, private pools, load shedding, notifications, access logs. Whoever knows a
 * target's own name goes around the balancer.
 */
export class CloudflareLoadBalancer extends Construct implements IBalanced {
  /** The balancer after defaults and checks. */
  readonly spec: GlobalBalancerSpec;
  /** The underlying load balancer. */
  readonly balancer: LoadBalancer;
  /** The underlying pools, by name. */
  readonly pools: Readonly<Record<string, LoadBalancerPool>>;
  private readonly zone: ICloudflareZone;

  constructor(scope: Construct, id: string, props: CloudflareLoadBalancerProps) {
    super(scope, id);
    this.spec = globalBalancerSpec(props, specContext<Own>(this, ownProps(props)), limitsOf(props?.zone));
    this.zone = props.zone;
    const given = Object.entries(this.spec.pools);
    this.pools = Object.fromEntries(given.map(([name, pool]) => [name, this.addPool(name, pool, props.pools[name]?.targets ?? {})]));
    this.balancer = this.addBalancer();
  }

  get hostname(): string {
    return this.spec.domain;
  }

  /** Seconds after which a pool's silent target takes no requests any more; not measured. */
  detectionSeconds(pool: string): number {
    return detectionSeconds((this.spec.pools[pool] as PoolSpec).healthCheck);
  }

  private addBalancer(): LoadBalancer {
    const { profile, domain, failoverOrder, fallbackPool, steering } = this.spec;
    const idOf = (name: string) => (this.pools[name] as LoadBalancerPool).id;
    return new LoadBalancer(this, "Resource", {
      zoneId: this.zone.zoneId,
      name: claimName(this, { kind: "host" }, domain, "domain"),
      proxied: true,
      defaultPools: failoverOrder.map(idOf),
      fallbackPool: idOf(fallbackPool),
      steeringPolicy: STEERING_NAMES[steering],
      randomSteering: this.isWeighted ? { defaultWeight: 1, poolWeights: this.weights(idOf) } : undefined,
      adaptiveRouting: { failoverAcrossPools: true },
      ...this.affinity(),
      lifecycle: { preventDestroy: profile === "production" },
    });
  }

  private get isWeighted(): boolean {
    return this.spec.steering === "random" || this.spec.steering === "least-connections";
  }

  private weights(idOf: (name: string) => string): Record<string, number> {
    return Object.fromEntries(Object.entries(this.spec.pools).map(([name, { weight }]) => [idOf(name), weight]));
  }

  private affinity() {
    const { sessionAffinity } = this.spec;
    if (sessionAffinity === undefined) return { sessionAffinity: "none" };
    return {
      sessionAffinity: "cookie",
      sessionAffinityTtl: sessionAffinity.seconds,
      sessionAffinityAttributes: {
        drainDuration: sessionAffinity.drainSeconds,
        samesite: "Lax",
        secure: "Always",
        zeroDowntimeFailover: "sticky",
      },
    };
  }

  private addPool(name: string, pool: PoolSpec, targets: Readonly<Record<string, { readonly to: unknown }>>): LoadBalancerPool {
    const { accountId } = this.zone;
    const monitor = new LoadBalancerMonitor(this, `Monitor-${name}`, { accountId, ...monitorOf(pool.healthCheck, pool.port) });
    return new LoadBalancerPool(this, `Pool-${name}`, {
      accountId,
      name: physicalName(this, { kind: "pool", maxLength: MAX_NAME, suffix: name }),
      monitor: monitor.id,
      minimumOrigins: pool.minHealthyTargets,
      checkRegions: [...this.spec.checkedFrom],
      origins: Object.entries(pool.targets).map(([target, spec]) => originOf(target, spec, pool.port, targets[target]?.to)),
    });
  }
}

function monitorOf(health: PoolHealthSpec, port: number) {
  return {
    type: "https",
    method: "GET",
    path: health.path,
    port,
    interval: health.intervalSeconds,
    timeout: health.timeoutSeconds,
    retries: health.retries,
    consecutiveUp: health.healthyCount,
    consecutiveDown: health.unhealthyCount,
    expectedCodes: "2xx",
    followRedirects: false,
    allowInsecure: false,
  };
}

function originOf(name: string, { host, hostHeader, weight }: PoolTargetSpec, port: number, to: unknown): LoadBalancerPoolOrigins {
  const address = to instanceof CloudflareTunnel ? to.address : host;
  return { name, address, port, weight, enabled: true, header: { host: [hostHeader] } };
}

function limitsOf(zone: ICloudflareZone | undefined): GlobalBalancerLimits {
  const contract = zone?.plan === "enterprise";
  return {
    place: hostsIn(zone),
    ...(contract ? {} : { maxPools: MAX_POOLS, maxTargets: MAX_TARGETS }),
    minIntervalSeconds: contract ? MIN_INTERVAL_SECONDS.contract : MIN_INTERVAL_SECONDS.other,
    regions: CHECK_REGIONS,
    defaultRegions: DEFAULT_REGIONS,
    source: "Cloudflare Load Balancing limitations",
    tunnelOf: (to) => (to instanceof CloudflareTunnel ? to.spec : undefined),
  };
}

type Own = Pick<CloudflareLoadBalancerProps, "zone">;

function ownProps(props: CloudflareLoadBalancerProps): ProviderProps<Own> {
  return { zone: (check) => checkZone(check, props?.zone) };
}
