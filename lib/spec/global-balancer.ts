import { isToken, type Check, type KeysOf } from "./check";
import { openCheck, PROFILES, type CommonProps, type Profile, type SpecContext } from "./context";
import { checkHost, type HostPlace } from "./host-name";
import { readPool, type PoolLimits, type PoolProps, type PoolSpec } from "./global-pool";

/**
 * How a pool is chosen: `failover` the first healthy one in order, `latency` the nearest by round trips of the checks, `random` by weight,
 * `least-connections` by weight and open connections.
 */
export type Steering = "failover" | "latency" | "random" | "least-connections";

export const STEERING = ["failover", "latency", "random", "least-connections"] as const satisfies readonly Steering[];

/** A client stays with the target that it got first. */
export interface SessionAffinityProps {
  /**
   * Seconds for which it stays, 1800 to 604800.
   * @default 82800
   */
  readonly seconds?: number;
  /**
   * Seconds for which a target that leaves keeps its clients, 0 to 3600.
   * @default 300
   */
  readonly drainSeconds?: number;
}

export interface GlobalBalancerProps extends CommonProps {
  /** Name under which clients reach it, such as `api.acme.dev`. */
  readonly domain: string;
  /** Where requests go, by name. */
  readonly pools: Readonly<Record<string, PoolProps>>;
  /**
   * Names of pools in the order in which they take over from each other.
   * @default - the order in which they are given
   */
  readonly failoverOrder?: readonly string[];
  /** Name of the pool that takes requests when every pool is down, whether it is healthy or not. */
  readonly fallbackPool: string;
  /** @default "failover" */
  readonly steering?: Steering;
  /**
   * Whether a client stays with its target, by cookie.
   * @default - each request goes where it goes
   */
  readonly sessionAffinity?: SessionAffinityProps;
  /**
   * Regions of the provider from which targets are checked; more than half of them have to find a target healthy.
   * @default - three that lie far apart
   */
  readonly checkedFrom?: readonly string[];
}

export interface GlobalBalancerSpec {
  readonly profile: Profile;
  readonly domain: string;
  readonly pools: Readonly<Record<string, PoolSpec>>;
  readonly failoverOrder: readonly string[];
  readonly fallbackPool: string;
  readonly steering: Steering;
  readonly sessionAffinity?: Required<SessionAffinityProps>;
  readonly checkedFrom: readonly string[];
}

/** What the provider allows, and what is known of the place. */
export interface GlobalBalancerLimits extends Omit<PoolLimits, "domain" | "weighted"> {
  readonly place: HostPlace;
  /** Most pools and most targets; undefined when the contract decides. */
  readonly maxPools?: number;
  readonly maxTargets?: number;
  readonly regions: readonly string[];
  readonly defaultRegions: readonly string[];
}

export const GLOBAL_BALANCER_PROPS = {
  profile: true,
  domain: true,
  pools: true,
  failoverOrder: true,
  fallbackPool: true,
  steering: true,
  sessionAffinity: true,
  checkedFrom: true,
} satisfies KeysOf<GlobalBalancerProps>;

const KNOWN_AFFINITY = { seconds: true, drainSeconds: true } satisfies KeysOf<SessionAffinityProps>;

/**
 * The balancer after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function globalBalancerSpec(props: GlobalBalancerProps, context: SpecContext, limits: GlobalBalancerLimits): GlobalBalancerSpec {
  const check = openCheck<GlobalBalancerProps>(props, GLOBAL_BALANCER_PROPS, context);
  checkHost(check, "domain", props?.domain, limits.place);
  const steering = check.oneOf("steering", STEERING, "failover");
  const pools = readPools(check, props, steering, limits);
  return check.done({
    profile: check.oneOf("profile", PROFILES, context.profile),
    domain: props?.domain,
    pools,
    failoverOrder: readOrder(check, props, Object.keys(pools)),
    fallbackPool: readFallback(check, props, Object.keys(pools)),
    steering,
    ...readAffinity(check, props?.sessionAffinity),
    checkedFrom: readRegions(check, limits),
  });
}

/**
 * Seconds after which a target that went silent takes no requests any more: the checks in a row that it has to miss, and the tries of the last.
 * A check fails at once when the target refuses the connection, so that this is the longest it takes; it is not measured.
 */
export function detectionSeconds({ intervalSeconds, timeoutSeconds, retries, unhealthyCount }: PoolSpec["healthCheck"]): number {
  return intervalSeconds * unhealthyCount + timeoutSeconds * (retries + 1);
}

function readPools(
  check: Check<GlobalBalancerProps>,
  props: GlobalBalancerProps,
  steering: Steering,
  limits: GlobalBalancerLimits,
): Readonly<Record<string, PoolSpec>> {
  const { maxPools = Infinity, maxTargets = Infinity, source } = limits;
  const given: unknown = props?.pools;
  const usable = typeof given === "object" && given !== null && !Array.isArray(given);
  const entries = usable ? Object.entries(given as GlobalBalancerProps["pools"]) : [];
  if (entries.length === 0) check.issue("pools", given, "one named pool or more, such as { primary: { targets, healthCheck: {} } }");
  if (entries.length > maxPools) check.issue("pools", entries.length, `${maxPools} pools at most (${source})`);
  const weighted = steering === "random" || steering === "least-connections";
  const place = { ...limits, domain: props?.domain, weighted };
  const pools = entries.map(([name, pool]): [string, PoolSpec] => [name, readPool(check, name, pool, place)]);
  const targets = pools.reduce((total, [, pool]) => total + Object.keys(pool.targets).length, 0);
  if (targets > maxTargets) check.issue("pools", targets, `${maxTargets} targets at most in all pools (${source})`);
  if (weighted && pools.length > 0 && pools.every(([, { weight }]) => weight === 0)) {
    check.issue("pools", given, "one pool with a weight above 0");
  }
  return Object.fromEntries(pools);
}

function readOrder(check: Check<GlobalBalancerProps>, props: GlobalBalancerProps, pools: readonly string[]): readonly string[] {
  const order = check.list<string>("failoverOrder", "a list of pools by name", pools);
  const all = [...order].sort().join() === [...pools].sort().join();
  if (props?.failoverOrder !== undefined && Array.isArray(order) && !all) {
    check.issue("failoverOrder", order, `every pool once: ${pools.join(", ")}`);
  }
  return [...order];
}

function readFallback(check: Check<GlobalBalancerProps>, props: GlobalBalancerProps, pools: readonly string[]): string {
  const fallback: unknown = props?.fallbackPool;
  if (pools.length === 0) return "";
  if (typeof fallback === "string" && !isToken(fallback) && pools.includes(fallback)) return fallback;
  check.issue("fallbackPool", fallback, `one of the pools: ${pools.join(", ")}`, "it takes requests when every pool is down");
  return String(fallback);
}

function readAffinity(
  parent: Check<GlobalBalancerProps>,
  props: SessionAffinityProps | undefined,
): Pick<GlobalBalancerSpec, "sessionAffinity"> {
  if (props === undefined) return {};
  const check = parent.nested<SessionAffinityProps>("sessionAffinity", props, KNOWN_AFFINITY);
  return {
    sessionAffinity: {
      seconds: check.integer("seconds", { min: 1800, max: 604_800, default: 82_800 }),
      drainSeconds: check.integer("drainSeconds", { min: 0, max: 3600, default: 300 }),
    },
  };
}

function readRegions(check: Check<GlobalBalancerProps>, { regions, defaultRegions }: GlobalBalancerLimits): readonly string[] {
  const want = `one or more of ${regions.join(", ")}`;
  const from = check.list<string>("checkedFrom", want, defaultRegions);
  if (from.length === 0 || from.some((one) => !regions.includes(one))) check.issue("checkedFrom", from, want);
  if (new Set(from).size !== from.length) check.issue("checkedFrom", from, "every region once");
  return [...from];
}
