import { readPeers, type WorldRefusal } from "./balancer-peers";
import { KNOWN_TARGET, readTarget, type BalancerTargetProps, type BalancerTargetSpec } from "./balancer-target";
import { type Check, isToken, type KeysOf } from "./check";
import { openCheck, PROFILES, type CommonProps, type Profile, type SpecContext } from "./context";
import type { Peer, PeerSpec } from "./firewall";
import type { LoadBalancerLimits } from "./load-balancer-limits";
import { readRetention } from "./retention";
import { readTestListener, type TestListenerProps, type TestListenerSpec } from "./test-listener";
import { readWebFirewall, type WebFirewallProps, type WebFirewallSpec } from "./web-firewall";

/** Something that is reached by name through a load balancer. */
export interface IBalanced {
  /** Name under which clients reach it, such as `api.acme.dev`. */
  readonly hostname: string;
}

export interface LoadBalancerProps<F = unknown> extends CommonProps {
  /** Name under which clients reach the balancer, such as `api.acme.dev`. */
  readonly domain: string;
  /**
   * Further names, each with a certificate and a DNS record of its own.
   * @default []
   */
  readonly alternativeDomains?: readonly string[];
  /**
   * Whether clients come from the internet or from inside the network.
   * @default "internal"
   */
  readonly exposure?: "public" | "internal";
  /**
   * Who may connect, by name.
   * @default - `internet` when public, the range of the network when internal
   */
  readonly allowFrom?: Readonly<Record<string, Peer<F>>>;
  /**
   * Oldest TLS that clients may speak.
   * @default "1.2"
   */
  readonly minTlsVersion?: "1.2" | "1.3";
  /**
   * Whether port 80 answers with a redirect to HTTPS; nothing else is ever served there.
   * @default - true when public
   */
  readonly redirectHttp?: boolean;
  /**
   * Whether connections stay open for WebSocket: longer idle timeout and drain.
   * @default false
   */
  readonly websocket?: boolean;
  /**
   * Seconds between the pings of WebSocket clients or servers, 1 to half of the longest idle timeout.
   * @default 30, with `websocket`
   */
  readonly pingIntervalSeconds?: number;
  /**
   * Seconds after which a silent connection is closed; with `websocket` at least two pings.
   * @default 60; with `websocket` 300 or two pings, whichever is longer
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * Seconds for which a target that leaves keeps its open connections; the least that a route may ask for. 0 to 3600.
   * @default 30; with `websocket` 300
   */
  readonly drainSeconds?: number;
  /**
   * Days for which access logs are kept, 1 to 3653.
   * @default - 365, or the longest period that the provider has
   */
  readonly accessLogRetentionDays?: number;
  /**
   * The filter in front of the balancer.
   * @default - on with its own defaults when public, none when internal
   */
  readonly webFirewall?: WebFirewallProps;
  /**
   * A second HTTPS port on which canaries are tested before they take traffic.
   * @default - none
   */
  readonly testListener?: TestListenerProps<F>;
}

export interface LoadBalancerSpec {
  readonly profile: Profile;
  readonly exposure: "public" | "internal";
  readonly domain: string;
  readonly alternativeDomains: readonly string[];
  /** Whether the certificates are issued here or one was given. */
  readonly certificate: "issued" | "given";
  /** Whether the DNS records of the domains are made here. */
  readonly dnsManaged: boolean;
  /** By name, or by range where the provider keeps no names. */
  readonly allowFrom: Readonly<Record<string, PeerSpec>>;
  readonly minTlsVersion: "1.2" | "1.3";
  readonly redirectHttp: boolean;
  readonly idleTimeoutSeconds: number;
  /** Absent when the provider keeps no access logs. */
  readonly accessLogRetentionDays?: number;
  readonly webFirewall?: WebFirewallSpec;
  readonly testListener?: TestListenerSpec;
  /** Where every request goes, when the provider has no routes. */
  readonly target?: BalancerTargetSpec;
}

/** The props that are the same on every provider that has them. */
export const LOAD_BALANCER_PROPS = {
  profile: true,
  domain: true,
  alternativeDomains: true,
  exposure: true,
  allowFrom: true,
  minTlsVersion: true,
  redirectHttp: true,
  websocket: true,
  pingIntervalSeconds: true,
  idleTimeoutSeconds: true,
  drainSeconds: true,
  accessLogRetentionDays: true,
  webFirewall: true,
  testListener: true,
} satisfies KeysOf<LoadBalancerProps>;

const INTERNAL: WorldRefusal = ["no world access to an internal balancer", 'name the peers, or declare exposure "public"'];

const DRAIN_SECONDS = { plain: 30, websocket: 300 } as const;
const IDLE_SECONDS = { plain: 60, websocket: 300 } as const;
const PING_SECONDS = 30;
const TLS_VERSIONS = ["1.2", "1.3"] as const;
const HOST_NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * The load balancer after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function loadBalancerSpec<F>(props: LoadBalancerProps<F>, context: SpecContext, limits: LoadBalancerLimits<F>): LoadBalancerSpec {
  const check = openCheck<LoadBalancerProps<F>>(props, LOAD_BALANCER_PROPS, context);
  const profile = check.oneOf("profile", PROFILES, context.profile);
  const exposure = check.oneOf("exposure", ["public", "internal"] as const, "internal");
  checkPlace(check, exposure, limits);
  const { domain, alternativeDomains } = checkDomains(check, limits);
  check.unlessLacking("drainSeconds", () => check.integer("drainSeconds", { min: 0, max: 3600, default: drainSeconds(props) }));
  const allowFrom = props?.allowFrom ?? (exposure === "public" ? { internet: "internet" } : { network: { cidr: limits.networkCidr } });
  const idleTimeoutSeconds = checkIdleTimeout(check, limits);
  return check.done({
    profile,
    exposure,
    domain,
    alternativeDomains,
    certificate: limits.certificate,
    dnsManaged: limits.dnsManaged,
    allowFrom: readPeers(check, allowFrom, limits, exposure === "public" ? undefined : INTERNAL),
    minTlsVersion: checkTlsVersion(check, limits),
    redirectHttp: check.flag("redirectHttp", exposure === "public"),
    idleTimeoutSeconds,
    ...readExtras(check, props, exposure, limits),
    target: readOnlyTarget(check, idleTimeoutSeconds, limits),
  });
}

/** What not every provider has. */
function readExtras<F>(
  check: Check<LoadBalancerProps<F>>,
  props: LoadBalancerProps<F>,
  exposure: LoadBalancerSpec["exposure"],
  limits: LoadBalancerLimits<F>,
): Pick<LoadBalancerSpec, "accessLogRetentionDays" | "webFirewall" | "testListener"> {
  const { accessLogRetention, webFirewall } = limits;
  const filtered = props?.webFirewall !== undefined || exposure === "public";
  const testable = props?.testListener !== undefined && !check.lacks("testListener");
  return {
    accessLogRetentionDays:
      accessLogRetention === undefined ? undefined : readRetention(check, "accessLogRetentionDays", accessLogRetention),
    webFirewall: webFirewall === undefined || !filtered ? undefined : readWebFirewall(check, props?.webFirewall, webFirewall),
    testListener: testable ? readTestListener(check, props.testListener, limits) : undefined,
  };
}

function readOnlyTarget<F>(
  parent: Check<LoadBalancerProps<F>>,
  idleTimeoutSeconds: number,
  { target }: LoadBalancerLimits<F>,
): BalancerTargetSpec | undefined {
  if (target === undefined) return undefined;
  const known = [...Object.keys(KNOWN_TARGET), ...target.own];
  const check = parent.nested<BalancerTargetProps>("target", target.props as BalancerTargetProps, known);
  return readTarget(check, target.props, { ...target.limits, idleTimeoutSeconds });
}

/** Seconds for which the routes of a balancer let targets drain, at the least. */
export function drainSeconds(props: Pick<LoadBalancerProps, "drainSeconds" | "websocket"> | undefined): number {
  return props?.drainSeconds ?? (props?.websocket === true ? DRAIN_SECONDS.websocket : DRAIN_SECONDS.plain);
}

function checkPlace<F>(
  check: Check<LoadBalancerProps<F>>,
  exposure: "public" | "internal",
  { reachable, zones, source }: LoadBalancerLimits<F>,
): void {
  if (exposure === "public" && reachable === false) {
    check.issue("exposure", exposure, "a network with public subnets", 'choose another egress for the network, or exposure "internal"');
  } else if (zones !== undefined && zones.found.length < zones.min) {
    check.issue("network", zones.found, `a network with ${zones.min} zones or more (${source})`, "add a zone to the network");
  }
}

function checkTlsVersion<F>(check: Check<LoadBalancerProps<F>>, limits: LoadBalancerLimits<F>): "1.2" | "1.3" {
  const { source, tlsVersions = TLS_VERSIONS } = limits;
  const version = check.oneOf("minTlsVersion", TLS_VERSIONS, tlsVersions[0]);
  if (!tlsVersions.includes(version)) {
    check.issue("minTlsVersion", version, `${tlsVersions.map((one) => `"${one}"`).join(" or ")} (${source})`);
  }
  return version;
}

function checkDomains<F>(
  check: Check<LoadBalancerProps<F>>,
  limits: LoadBalancerLimits<F>,
): Pick<LoadBalancerSpec, "domain" | "alternativeDomains"> {
  const maxLength = limits.certificate === "issued" ? limits.maxDomainLength : 253;
  const want = `a host name in lower case such as "api.acme.dev", at most ${maxLength} characters`;
  const domain = check.text("domain", { pattern: HOST_NAME, want, maxLength, fix: "the certificate and the DNS record are made for it" });
  const others = check.list<string>("alternativeDomains", "a list of host names", []);
  for (const other of others) {
    const fits = typeof other === "string" && !isToken(other) && HOST_NAME.test(other) && other.length <= maxLength;
    if (!fits) check.issue("alternativeDomains", other, want, "name each host");
  }
  const all = [domain, ...others];
  for (const name of new Set(all.filter((one, index) => all.indexOf(one) !== index))) {
    check.issue("alternativeDomains", name, "every name once", "remove the second one");
  }
  if (others.length > limits.maxAlternativeDomains) {
    check.issue("alternativeDomains", others.length, `at most ${limits.maxAlternativeDomains} names (${limits.source})`);
  }
  if (others.length > 0 && !limits.dnsManaged) {
    check.issue(
      "alternativeDomains",
      others,
      "a DNS zone to make their records in",
      `give ${limits.dnsProp}, or point the names at the balancer yourself`,
    );
  }
  return { domain, alternativeDomains: [...others].sort() };
}

function checkIdleTimeout<F>(check: Check<LoadBalancerProps<F>>, limits: LoadBalancerLimits<F>): number {
  const { min, max } = limits.idleTimeoutSeconds;
  const websocket = check.flag("websocket", false);
  const ping = check.tryInteger("pingIntervalSeconds", { min: 1, max: Math.floor(max / 2), default: websocket ? PING_SECONDS : undefined });
  if (ping !== undefined && !websocket)
    check.issue("pingIntervalSeconds", ping, "no ping interval without websocket", "set websocket: true, or remove it");
  const fallback = websocket ? Math.max(IDLE_SECONDS.websocket, 2 * (ping ?? 0)) : IDLE_SECONDS.plain;
  const idle = check.integer("idleTimeoutSeconds", { min, max, default: fallback, source: limits.source });
  if (websocket && ping !== undefined && idle < 2 * ping) {
    const want = `two pings (${2 * ping}) or more, so that one lost ping does not close the connection`;
    check.issue("idleTimeoutSeconds", idle, want, "raise it, or lower pingIntervalSeconds");
  }
  return idle;
}
