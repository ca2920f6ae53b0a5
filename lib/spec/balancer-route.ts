import { createHash } from "node:crypto";
import { type Check, isToken, type KeysOf } from "./check";
import { openCheck, type SpecContext } from "./context";

export interface HealthCheckProps {
  /**
   * Path that answers 200 to 299 when the target can take requests.
   * @default "/healthz"
   */
  readonly path?: string;
  /**
   * Seconds between two checks, 5 to 300.
   * @default 15
   */
  readonly intervalSeconds?: number;
  /**
   * Seconds to wait for an answer: shorter than the interval and than the balancer's idle timeout. 2 to 120.
   * @default 5
   */
  readonly timeoutSeconds?: number;
  /**
   * Good answers in a row after which a target takes requests, 2 to 10.
   * @default 2
   */
  readonly healthyCount?: number;
  /**
   * Bad answers in a row after which it takes none, 2 to 10.
   * @default 3
   */
  readonly unhealthyCount?: number;
}

export interface BalancerRouteProps {
  /**
   * Host names that lead here, exact or with `*` and `?`.
   * @default [] - any
   */
  readonly hosts?: readonly string[];
  /**
   * Paths that lead here, exact or with `*` and `?`.
   * @default [] - any
   */
  readonly paths?: readonly string[];
  /** Port on which the targets listen. */
  readonly port: number;
  /**
   * What the targets speak. Their certificate is not checked, so a self-signed one will do.
   * @default "https"
   */
  readonly protocol?: "https" | "http";
  /** @default - see its props */
  readonly healthCheck?: HealthCheckProps;
  /**
   * Seconds for which a target that leaves keeps its open connections: at least the balancer's `drainSeconds`, at most 3600.
   * @default - the balancer's `drainSeconds`
   */
  readonly deregistrationDelaySeconds?: number;
  /**
   * Whether a client stays with the target that it got first, by a cookie of one day.
   * @default false
   */
  readonly sticky?: boolean;
  /**
   * Whether there is a second set of targets to which a deployment moves the traffic step by step.
   * @default false
   */
  readonly canary?: boolean;
  /**
   * Order among the routes of a balancer, 1 to 50000: the smallest that matches takes the request. No two routes may share one.
   * @default - from how specific hosts and paths are, and the construct path; it never depends on other routes
   */
  readonly priority?: number;
}

export type HealthCheckSpec = Required<HealthCheckProps>;

export interface BalancerRouteSpec {
  /** Construct path of the balancer. */
  readonly balancer: string;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  readonly port: number;
  readonly protocol: "https" | "http";
  readonly healthCheck: HealthCheckSpec;
  readonly deregistrationDelaySeconds: number;
  readonly sticky: boolean;
  readonly canary: boolean;
  readonly priority: number;
}

/** What the provider allows, and what the balancer is like. */
export interface BalancerRouteLimits {
  /** Construct path of the balancer. */
  readonly balancer: string;
  /** Names that its certificates cover; undefined when that is not known. */
  readonly domains: readonly string[] | undefined;
  readonly drainSeconds: number;
  readonly idleTimeoutSeconds: number;
  /** How many hosts and paths one route can have together. */
  readonly maxPatterns: number;
  /** Where the limits come from. */
  readonly source: string;
}

const KNOWN = {
  hosts: true,
  paths: true,
  port: true,
  protocol: true,
  healthCheck: true,
  deregistrationDelaySeconds: true,
  sticky: true,
  canary: true,
  priority: true,
} satisfies KeysOf<BalancerRouteProps>;
const KNOWN_HEALTH = {
  path: true,
  intervalSeconds: true,
  timeoutSeconds: true,
  healthyCount: true,
  unhealthyCount: true,
} satisfies KeysOf<HealthCheckProps>;

const HOST_PATTERN = /^[a-z0-9*?.-]{1,128}$/;
const PATH_PATTERN = /^[/*][A-Za-z0-9_\-.$/~"'@:+&*?]{0,127}$/;
const MAX_PRIORITY = 50_000;

/**
 * The route after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function balancerRouteSpec(props: BalancerRouteProps, context: SpecContext, limits: BalancerRouteLimits): BalancerRouteSpec {
  const check = openCheck<BalancerRouteProps>(props, KNOWN, context);
  const hosts = checkPatterns(check, "hosts", HOST_PATTERN, 'host names in lower case such as "api.acme.dev" or "*.acme.dev"');
  const given = checkPatterns(check, "paths", PATH_PATTERN, 'paths such as "/api/*", at most 128 characters');
  const paths = hosts.length + given.length === 0 ? ["/*"] : given;
  if (hosts.length + paths.length > limits.maxPatterns) {
    const want = `at most ${limits.maxPatterns} hosts and paths together (${limits.source})`;
    check.issue("paths", [...hosts, ...paths], want, "make two routes of it");
  }
  for (const host of hosts) checkCovered(check, host, limits);
  const deregistrationDelaySeconds = check.integer("deregistrationDelaySeconds", {
    min: limits.drainSeconds,
    max: 3600,
    default: limits.drainSeconds,
    source: "drainSeconds of the balancer or more",
  });
  return check.done({
    balancer: limits.balancer,
    hosts,
    paths,
    port: check.integer("port", { min: 1, max: 65535 }),
    protocol: check.oneOf("protocol", ["https", "http"] as const, "https"),
    healthCheck: readHealthCheck(check, props?.healthCheck, limits),
    deregistrationDelaySeconds,
    sticky: check.flag("sticky", false),
    canary: check.flag("canary", false),
    priority: check.integer("priority", { min: 1, max: MAX_PRIORITY, default: routePriority(context.path, hosts, paths) }),
  });
}

function checkPatterns(check: Check<BalancerRouteProps>, prop: "hosts" | "paths", pattern: RegExp, want: string): readonly string[] {
  const patterns = check.list<string>(prop, `a list of ${want}`, []);
  for (const one of patterns) {
    const fix = isToken(one) ? "give a literal: it decides the order of the routes and has to be known at synth" : undefined;
    if (typeof one !== "string" || !pattern.test(one)) check.issue(prop, one, want, fix);
  }
  if (new Set(patterns).size !== patterns.length) check.issue(prop, patterns, "every one once");
  return patterns.filter((one) => typeof one === "string");
}

function checkCovered(check: Check<BalancerRouteProps>, host: string, { domains }: BalancerRouteLimits): void {
  if (domains === undefined || domains.some((domain) => matches(host, domain))) return;
  const fix = "add it to alternativeDomains of the balancer";
  check.issue("hosts", host, `a name that the balancer has a certificate for: ${domains.join(", ")}`, fix);
}

function matches(pattern: string, host: string): boolean {
  const source = pattern.replace(/[.*?]/g, (sign) => ({ ".": "\\.", "*": ".*", "?": "." })[sign] as string);
  return new RegExp(`^${source}$`).test(host);
}

function readHealthCheck(parent: Check<BalancerRouteProps>, props: HealthCheckProps = {}, limits: BalancerRouteLimits): HealthCheckSpec {
  const check = parent.nested<HealthCheckProps>("healthCheck", props, KNOWN_HEALTH);
  const intervalSeconds = check.integer("intervalSeconds", { min: 5, max: 300, default: 15, source: limits.source });
  const timeoutSeconds = check.integer("timeoutSeconds", { min: 2, max: 120, default: 5, source: limits.source });
  if (timeoutSeconds >= intervalSeconds) {
    check.issue("timeoutSeconds", timeoutSeconds, `less than intervalSeconds (${intervalSeconds})`, "lower it, or raise the interval");
  }
  if (timeoutSeconds >= limits.idleTimeoutSeconds) {
    const want = `less than idleTimeoutSeconds of the balancer (${limits.idleTimeoutSeconds}), after which requests are given up`;
    check.issue("timeoutSeconds", timeoutSeconds, want);
  }
  return {
    path: check.text("path", {
      pattern: /^\/[A-Za-z0-9._~/?=&%-]*$/,
      want: 'a path such as "/healthz", at most 1024 characters',
      maxLength: 1024,
      default: "/healthz",
    }),
    intervalSeconds,
    timeoutSeconds,
    healthyCount: check.integer("healthyCount", { min: 2, max: 10, default: 2, source: limits.source }),
    unhealthyCount: check.integer("unhealthyCount", { min: 2, max: 10, default: 3, source: limits.source }),
  };
}

/** Exact host, host with wildcard, any host; below each: exact path, long to short fixed beginning, any path. */
const PATH_RANKS = 6;
const RANKS = 3 * PATH_RANKS;
const RANK_WIDTH = Math.floor(MAX_PRIORITY / RANKS);

/**
 * The priority of a route that was given none: more specific hosts and paths come first, and routes that are equally specific
 * are spread by the hash of their construct path, so that a route's priority never depends on which others there are.
 */
export function routePriority(path: string, hosts: readonly string[], paths: readonly string[]): number {
  const hostRank = hosts.length === 0 ? 2 : Number(hosts.some((host) => /[*?]/.test(host)));
  const pathRank = paths.length === 0 ? PATH_RANKS - 1 : Math.max(...paths.map(rankOfPath));
  const hash = createHash("sha256").update(path).digest().readUInt32BE(0) % RANK_WIDTH;
  return 1 + (hostRank * PATH_RANKS + pathRank) * RANK_WIDTH + hash;
}

function rankOfPath(path: string): number {
  const wildcard = path.search(/[*?]/);
  if (wildcard === -1) return 0;
  const segments = path
    .slice(0, wildcard)
    .split("/")
    .filter((segment) => segment !== "").length;
  return PATH_RANKS - 1 - Math.min(segments, PATH_RANKS - 2);
}
