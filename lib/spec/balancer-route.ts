import { createHash } from "node:crypto";
import { KNOWN_TARGET, readTarget, type BalancerTargetLimits, type BalancerTargetProps, type BalancerTargetSpec } from "./balancer-target";
import { type Check, isToken, type KeysOf } from "./check";
import { openCheck, type SpecContext } from "./context";

export interface BalancerRouteProps extends BalancerTargetProps {
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
  /**
   * Seconds for which a target that leaves keeps its open connections: at least the balancer's `drainSeconds`, at most 3600.
   * @default - the balancer's `drainSeconds`
   */
  readonly deregistrationDelaySeconds?: number;
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

export interface BalancerRouteSpec extends BalancerTargetSpec {
  /** Construct path of the balancer. */
  readonly balancer: string;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  /** Absent when the provider has no time for targets to drain. */
  readonly deregistrationDelaySeconds?: number;
  /** Absent when the provider moves no traffic between sets of targets. */
  readonly canary?: boolean;
  readonly priority: number;
}

/** What the provider allows, and what the balancer is like. */
export interface BalancerRouteLimits extends BalancerTargetLimits {
  /** Construct path of the balancer. */
  readonly balancer: string;
  /** Names that its certificates cover; undefined when that is not known. */
  readonly domains: readonly string[] | undefined;
  /** At least so long do targets drain; 0 when the provider has no such time. */
  readonly drainSeconds: number;
  /** How many hosts and paths one route can have together. */
  readonly maxPatterns: number;
  /**
   * What the provider's routes can match.
   * @default - exact names and paths, and `*` and `?` anywhere
   */
  readonly patterns?: { readonly hosts: PatternRule; readonly paths: PatternRule };
}

/** What can be matched. */
export interface PatternRule {
  readonly pattern: RegExp;
  /** The same in words. */
  readonly want: string;
}

/** The props that are the same on every provider that has them. */
export const BALANCER_ROUTE_PROPS = {
  ...KNOWN_TARGET,
  hosts: true,
  paths: true,
  deregistrationDelaySeconds: true,
  canary: true,
  priority: true,
} satisfies KeysOf<BalancerRouteProps>;

const PATTERNS = {
  hosts: { pattern: /^[a-z0-9*?.-]{1,128}$/, want: 'host names in lower case such as "api.acme.dev" or "*.acme.dev"' },
  paths: { pattern: /^[/*][A-Za-z0-9_\-.$/~"'@:+&*?]{0,127}$/, want: 'paths such as "/api/*", at most 128 characters' },
} as const;
const MAX_PRIORITY = 50_000;

/**
 * The route after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function balancerRouteSpec(props: BalancerRouteProps, context: SpecContext, limits: BalancerRouteLimits): BalancerRouteSpec {
  const check = openCheck<BalancerRouteProps>(props, BALANCER_ROUTE_PROPS, context);
  const patterns = limits.patterns ?? PATTERNS;
  const hosts = checkPatterns(check, "hosts", patterns.hosts);
  const given = checkPatterns(check, "paths", patterns.paths);
  const paths = hosts.length + given.length === 0 ? ["/*"] : given;
  if (hosts.length + paths.length > limits.maxPatterns) {
    const want = `at most ${limits.maxPatterns} hosts and paths together (${limits.source})`;
    check.issue("paths", [...hosts, ...paths], want, "make two routes of it");
  }
  for (const host of hosts) checkCovered(check, host, limits);
  const deregistrationDelaySeconds = check.unlessLacking("deregistrationDelaySeconds", () =>
    check.integer("deregistrationDelaySeconds", {
      min: limits.drainSeconds,
      max: 3600,
      default: limits.drainSeconds,
      source: "drainSeconds of the balancer or more",
    }),
  );
  return check.done({
    balancer: limits.balancer,
    hosts,
    paths,
    ...readTarget(check, props, limits),
    deregistrationDelaySeconds,
    canary: check.unlessLacking("canary", () => check.flag("canary", false)),
    priority: check.integer("priority", { min: 1, max: MAX_PRIORITY, default: routePriority(context.path, hosts, paths) }),
  });
}

function checkPatterns(check: Check<BalancerRouteProps>, prop: "hosts" | "paths", { pattern, want }: PatternRule): readonly string[] {
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
