import { type Check, isToken, type KeysOf } from "./check";
import { openCheck, PROFILES, type CommonProps, type Profile, type SpecContext } from "./context";
import { isWorld, readPeer, type Peer, type PeerSpec } from "./firewall";

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
   * @default 365
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

export interface WebFirewallProps {
  /**
   * Requests that one client address may make in 5 minutes, 10 to 2,000,000,000. Clients behind one NAT share an address.
   * @default 2000
   */
  readonly requestsPer5Minutes?: number;
  /**
   * Managed rules that only count instead of block.
   * @default - the rule that blocks bodies over 8 KiB: agents exchange longer documents
   */
  readonly countOnly?: readonly string[];
  /**
   * Days for which the filter's log is kept.
   * @default 365
   */
  readonly logRetentionDays?: number;
}

export interface TestListenerProps<F = unknown> {
  /** Port other than 80 and 443. */
  readonly port: number;
  /** Who may connect, by name; never the internet. */
  readonly allowFrom: Readonly<Record<string, Peer<F>>>;
}

export interface WebFirewallSpec {
  readonly requestsPer5Minutes: number;
  readonly countOnly: readonly string[];
  readonly logRetentionDays: number;
}

export interface TestListenerSpec {
  readonly port: number;
  readonly allowFrom: Readonly<Record<string, PeerSpec>>;
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
  readonly allowFrom: Readonly<Record<string, PeerSpec>>;
  readonly minTlsVersion: "1.2" | "1.3";
  readonly redirectHttp: boolean;
  readonly idleTimeoutSeconds: number;
  readonly accessLogRetentionDays: number;
  readonly webFirewall?: WebFirewallSpec;
  readonly testListener?: TestListenerSpec;
}

/** What the provider allows, and what is known of the place. */
export interface LoadBalancerLimits<F = unknown> {
  /** Zones in which the balancer can be; undefined when they are not known. */
  readonly zones: readonly string[] | undefined;
  /** How many zones it has to be in. */
  readonly minZones: number;
  /** Whether the network has subnets that the internet reaches. */
  readonly reachable: boolean;
  /** Range of the network. */
  readonly networkCidr: string;
  readonly certificate: "issued" | "given";
  readonly dnsManaged: boolean;
  /** Longest name that a certificate can be issued for. */
  readonly maxDomainLength: number;
  readonly maxAlternativeDomains: number;
  readonly maxIdleTimeoutSeconds: number;
  /** Retention periods that the provider's log service knows. */
  readonly logRetentionDays: readonly number[];
  /** Managed rules of the web firewall that can be set to count. */
  readonly webFirewallRules: readonly string[];
  /** Those of them that count by default. */
  readonly webFirewallCounts: readonly string[];
  /** Where the limits come from. */
  readonly source: string;
  /** The construct path of a firewall. */
  pathOf(firewall: F): string;
}

const KNOWN = {
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
const KNOWN_WEB_FIREWALL = { requestsPer5Minutes: true, countOnly: true, logRetentionDays: true } satisfies KeysOf<WebFirewallProps>;
const KNOWN_TEST_LISTENER = { port: true, allowFrom: true } satisfies KeysOf<TestListenerProps>;

/** What is wanted instead of the internet as peer, and what to do. */
type Refusal = readonly [want: string, fix: string];
const INTERNAL: Refusal = ["no world access to an internal balancer", 'name the peers, or declare exposure "public"'];
const TEST_ONLY: Refusal = ["no world access to a test listener", "name the peers"];

const DRAIN_SECONDS = { plain: 30, websocket: 300 } as const;
const IDLE_SECONDS = { plain: 60, websocket: 300 } as const;
const PING_SECONDS = 30;
const PEER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,31}$/;
const HOST_NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * The load balancer after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function loadBalancerSpec<F>(props: LoadBalancerProps<F>, context: SpecContext, limits: LoadBalancerLimits<F>): LoadBalancerSpec {
  const check = openCheck<LoadBalancerProps<F>>(props, KNOWN, context);
  const profile = check.oneOf("profile", PROFILES, context.profile);
  const exposure = check.oneOf("exposure", ["public", "internal"] as const, "internal");
  checkPlace(check, exposure, limits);
  const { domain, alternativeDomains } = checkDomains(check, limits);
  check.integer("drainSeconds", { min: 0, max: 3600, default: drainSeconds(props) });
  const everybody = { internet: "internet" as const };
  const insiders = { network: { cidr: limits.networkCidr } };
  return check.done({
    profile,
    exposure,
    domain,
    alternativeDomains,
    certificate: limits.certificate,
    dnsManaged: limits.dnsManaged,
    allowFrom: readPeers(
      check,
      props?.allowFrom ?? (exposure === "public" ? everybody : insiders),
      limits,
      exposure === "public" ? undefined : INTERNAL,
    ),
    minTlsVersion: check.oneOf("minTlsVersion", ["1.2", "1.3"] as const, "1.2"),
    redirectHttp: check.flag("redirectHttp", exposure === "public"),
    idleTimeoutSeconds: checkIdleTimeout(check, limits),
    accessLogRetentionDays: check.integer("accessLogRetentionDays", { min: 1, max: 3653, default: 365 }),
    webFirewall:
      props?.webFirewall === undefined && exposure === "internal" ? undefined : readWebFirewall(check, props?.webFirewall, limits),
    testListener: props?.testListener === undefined ? undefined : readTestListener(check, props.testListener, limits),
  });
}

/** Seconds for which the routes of a balancer let targets drain, at the least. */
export function drainSeconds(props: Pick<LoadBalancerProps, "drainSeconds" | "websocket"> | undefined): number {
  return props?.drainSeconds ?? (props?.websocket === true ? DRAIN_SECONDS.websocket : DRAIN_SECONDS.plain);
}

function checkPlace<F>(check: Check<LoadBalancerProps<F>>, exposure: "public" | "internal", limits: LoadBalancerLimits<F>): void {
  if (limits.zones === undefined) return;
  if (exposure === "public" && !limits.reachable) {
    check.issue("exposure", exposure, "a network with public subnets", 'choose another egress for the network, or exposure "internal"');
  } else if (limits.zones.length < limits.minZones) {
    const want = `a network with ${limits.minZones} zones or more (${limits.source})`;
    check.issue("network", limits.zones, want, "add a zone to the network");
  }
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
      "give zoneId, or point the names at the balancer yourself",
    );
  }
  return { domain, alternativeDomains: [...others].sort() };
}

function checkIdleTimeout<F>(check: Check<LoadBalancerProps<F>>, limits: LoadBalancerLimits<F>): number {
  const max = limits.maxIdleTimeoutSeconds;
  const websocket = check.flag("websocket", false);
  const ping = check.tryInteger("pingIntervalSeconds", { min: 1, max: Math.floor(max / 2), default: websocket ? PING_SECONDS : undefined });
  if (ping !== undefined && !websocket)
    check.issue("pingIntervalSeconds", ping, "no ping interval without websocket", "set websocket: true, or remove it");
  const fallback = websocket ? Math.max(IDLE_SECONDS.websocket, 2 * (ping ?? 0)) : IDLE_SECONDS.plain;
  const idle = check.integer("idleTimeoutSeconds", { min: 1, max, default: fallback, source: limits.source });
  if (websocket && ping !== undefined && idle < 2 * ping) {
    const want = `two pings (${2 * ping}) or more, so that one lost ping does not close the connection`;
    check.issue("idleTimeoutSeconds", idle, want, "raise it, or lower pingIntervalSeconds");
  }
  return idle;
}

function readPeers<F, P extends { readonly allowFrom?: unknown }>(
  check: Check<P>,
  peers: Readonly<Record<string, Peer<F>>>,
  limits: LoadBalancerLimits<F>,
  refusal: Refusal | undefined,
): Record<string, PeerSpec> {
  const result: Record<string, PeerSpec> = {};
  if (typeof peers !== "object" || peers === null || Array.isArray(peers) || Object.keys(peers).length === 0) {
    check.issue("allowFrom", peers, 'one named peer or more, such as { office: { cidr: "192.0.2.0/24" } }');
    return result;
  }
  for (const [name, peer] of Object.entries(peers)) {
    const prop = `allowFrom.${name}`;
    if (!PEER_NAME.test(name)) check.issue("allowFrom", name, "peer names of at most 32 letters, digits and -, starting with a letter");
    result[name] = readPeer(check, peer, (firewall) => limits.pathOf(firewall), prop);
    if (isWorld(result[name]) && refusal !== undefined) {
      check.issue(prop, result[name], ...refusal);
    }
  }
  return result;
}

function readWebFirewall<F>(
  parent: Check<LoadBalancerProps<F>>,
  props: WebFirewallProps = {},
  limits: LoadBalancerLimits<F>,
): WebFirewallSpec {
  const check = parent.nested<WebFirewallProps>("webFirewall", props, KNOWN_WEB_FIREWALL);
  const countOnly = check.list<string>("countOnly", "a list of managed rules", limits.webFirewallCounts);
  for (const rule of countOnly) {
    if (!limits.webFirewallRules.includes(rule)) check.issue("countOnly", rule, `one of ${limits.webFirewallRules.join(", ")}`);
  }
  const logRetentionDays = check.integer("logRetentionDays", { min: 1, max: 3653, default: 365 });
  if (props?.logRetentionDays === logRetentionDays && !limits.logRetentionDays.includes(logRetentionDays)) {
    check.issue("logRetentionDays", logRetentionDays, `one of ${limits.logRetentionDays.join(", ")}`);
  }
  const requestsPer5Minutes = check.integer("requestsPer5Minutes", { min: 10, max: 2_000_000_000, default: 2000 });
  return { requestsPer5Minutes, countOnly: [...countOnly], logRetentionDays };
}

function readTestListener<F>(
  parent: Check<LoadBalancerProps<F>>,
  props: TestListenerProps<F>,
  limits: LoadBalancerLimits<F>,
): TestListenerSpec {
  const check = parent.nested<TestListenerProps<F>>("testListener", props, KNOWN_TEST_LISTENER);
  const port = check.integer("port", { min: 1, max: 65535 });
  if (port === 80 || port === 443) check.issue("port", port, "a port other than 80 and 443, which take the traffic");
  return { port, allowFrom: readPeers(check, props?.allowFrom, limits, TEST_ONLY) };
}
