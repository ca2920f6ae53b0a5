import { isToken, type Check, type KeysOf } from "./check";
import { HOST_NAME, hostOf, isHostName, isPrivateAddress, type Destination } from "./host-name";
import { isIP } from "node:net";

/** How the targets of a pool are asked whether they can take requests; every data center that asks counts for itself. */
export interface PoolHealthProps {
  /**
   * Path that answers 200 to 299 when the target can take requests.
   * @default "/healthz"
   */
  readonly path?: string;
  /**
   * Seconds between two checks, from what the plan allows up to 3600.
   * @default 60
   */
  readonly intervalSeconds?: number;
  /**
   * Seconds to wait for an answer, 1 to 30. All tries together have to end before the next check.
   * @default 5
   */
  readonly timeoutSeconds?: number;
  /**
   * Tries in a row after the first that timed out, 0 to 5.
   * @default 2
   */
  readonly retries?: number;
  /**
   * Good checks in a row after which a target takes requests, 1 to 10.
   * @default 2
   */
  readonly healthyCount?: number;
  /**
   * Bad checks in a row after which it takes none, 1 to 10.
   * @default 2
   */
  readonly unhealthyCount?: number;
}

/** Something that answers requests: a balancer of another provider, a tunnel, a host, or an address. */
export interface PoolTargetProps {
  /** A construct that is reached by name, a host name or an IP address. It is asked under its own name, by HTTPS with a certificate that is checked. */
  readonly to: Destination;
  /**
   * Name under which it is asked, and which its certificate is for; only for an address. It has to be in a zone of the account, or to resolve
   * to the address.
   * @default - its own name
   */
  readonly hostHeader?: string;
  /**
   * Share of the pool's requests beside the others', 0 to 1. 0 takes none.
   * @default 1
   */
  readonly weight?: number;
}

export interface PoolProps {
  /** Where requests go, by name. */
  readonly targets: Readonly<Record<string, PoolTargetProps>>;
  /**
   * Port on which all targets speak HTTPS.
   * @default 443
   */
  readonly port?: number;
  /** How targets are checked; `{}` for the defaults. A pool without checks would keep sending requests to what is down. */
  readonly healthCheck: PoolHealthProps;
  /**
   * Healthy targets below which the whole pool counts as down, from 1 to all of them.
   * @default 1
   */
  readonly minHealthyTargets?: number;
  /**
   * Share of the requests beside the other pools, 0 to 1; with `steering` "random" or "least-connections" only.
   * @default 1
   */
  readonly weight?: number;
}

export type PoolHealthSpec = Required<PoolHealthProps>;

export interface PoolTargetSpec {
  /** Its host name or address. */
  readonly host: string;
  /** How it is reached: directly, or through a tunnel. */
  readonly through: "internet" | "tunnel";
  /** Name under which it is asked. */
  readonly hostHeader: string;
  readonly weight: number;
}

export interface PoolSpec {
  readonly targets: Readonly<Record<string, PoolTargetSpec>>;
  readonly port: number;
  readonly healthCheck: PoolHealthSpec;
  readonly minHealthyTargets: number;
  readonly weight: number;
}

/** What the provider allows. */
export interface PoolLimits {
  readonly minIntervalSeconds: number;
  readonly source: string;
  /** Name of the balancer itself, to which nothing may lead back. */
  readonly domain: unknown;
  /** Whether pools have weights. */
  readonly weighted: boolean;
  /** A tunnel that a target is reached through, and what it lets through; undefined when it is none. */
  tunnelOf(to: unknown): { readonly exposure: "private" | "public" } | undefined;
}

const KNOWN_POOL = { targets: true, port: true, healthCheck: true, minHealthyTargets: true, weight: true } satisfies KeysOf<PoolProps>;
const KNOWN_TARGET = { to: true, hostHeader: true, weight: true } satisfies KeysOf<PoolTargetProps>;
const KNOWN_HEALTH = {
  path: true,
  intervalSeconds: true,
  timeoutSeconds: true,
  retries: true,
  healthyCount: true,
  unhealthyCount: true,
} satisfies KeysOf<PoolHealthProps>;

const HTTPS = 443;

/** Names of pools and targets. */
const POOL_NAME = /^[a-z][a-z0-9-]{0,31}$/;
const POOL_NAME_WANT = "names of 1 to 32 letters in lower case, digits and -, starting with a letter";

/** One pool after defaults and checks; problems are named `pools.<name>.<prop>`. */
export function readPool<P extends object>(parent: Check<P>, name: string, props: PoolProps, limits: PoolLimits): PoolSpec {
  if (!POOL_NAME.test(name)) parent.issue("pools", name, POOL_NAME_WANT);
  const check = parent.nested<PoolProps>(`pools.${name}`, props, KNOWN_POOL);
  if (props?.weight !== undefined && !limits.weighted) {
    check.issue("weight", props.weight, 'no weight, unless steering is "random" or "least-connections"', "the order of the pools decides");
  }
  const port = check.integer("port", { min: 1, max: 65535, default: HTTPS });
  const targets = readTargets(check, props?.targets, limits);
  for (const [target] of Object.entries(targets).filter(([, { through }]) => through === "tunnel" && port !== HTTPS)) {
    check.issue("port", port, `${HTTPS}, where the tunnel of target ${target} is reached`, "give other targets a pool of their own");
  }
  const count = Math.max(1, Object.keys(targets).length);
  return {
    targets,
    port,
    healthCheck: readHealth(check, props?.healthCheck, limits),
    minHealthyTargets: check.integer("minHealthyTargets", { min: 1, max: count, default: 1, source: "the pool's targets" }),
    weight: readWeight(check, props?.weight),
  };
}

function readTargets(
  check: Check<PoolProps>,
  props: PoolProps["targets"] | undefined,
  limits: PoolLimits,
): Readonly<Record<string, PoolTargetSpec>> {
  const usable = typeof props === "object" && props !== null && !Array.isArray(props);
  const targets = usable ? Object.entries(props) : [];
  if (targets.length === 0) check.issue("targets", props, "one named target or more, such as { primary: { to: balancer } }");
  const specs = targets.map(([name, target]): [string, PoolTargetSpec] => [name, readTarget(check, name, target, limits)]);
  if (specs.length > 0 && specs.every(([, { weight }]) => weight === 0)) check.issue("targets", props, "one target with a weight above 0");
  return Object.fromEntries(specs);
}

function readTarget(parent: Check<PoolProps>, name: string, props: PoolTargetProps, limits: PoolLimits): PoolTargetSpec {
  if (!POOL_NAME.test(name)) parent.issue("targets", name, POOL_NAME_WANT);
  const check = parent.nested<PoolTargetProps>(`targets.${name}`, props, KNOWN_TARGET);
  const host = hostOf(props?.to);
  const address = typeof host === "string" && isIP(host) !== 0;
  const want = 'a construct with a hostname, a host name such as "eu.acme.dev", or an IP address';
  if (!address && !isHostName(host)) check.issue("to", host, want, isToken(host) ? "give a literal name" : undefined);
  else if (host === limits.domain) check.issue("to", host, "another host than the balancer itself");
  else if (address && isPrivateAddress(host))
    check.issue("to", host, "an address that the internet reaches", "put a tunnel in front of it");
  const tunnel = limits.tunnelOf(props?.to);
  if (tunnel?.exposure === "private") {
    const fix = "declare the tunnel's exposure \"public\", and protect the balancer's own domain";
    check.issue("to", host, "a tunnel that lets checks through: they cannot sign in", fix);
  }
  return {
    host: String(host),
    through: tunnel === undefined ? "internet" : "tunnel",
    hostHeader: readHostHeader(check, address, String(host)),
    weight: readWeight(check, props?.weight),
  };
}

function readHostHeader(check: Check<PoolTargetProps>, address: boolean, host: string): string {
  const want = "the name that the certificate at this address is for";
  if (address) return check.text("hostHeader", { pattern: HOST_NAME, want });
  const header = check.tryText("hostHeader", { pattern: HOST_NAME, want });
  if (header !== undefined && header !== host)
    check.issue("hostHeader", header, "nothing: a host is asked under its own name", "remove it");
  return host;
}

function readHealth(
  parent: Check<PoolProps>,
  props: PoolHealthProps | undefined,
  { minIntervalSeconds, source }: PoolLimits,
): PoolHealthSpec {
  if (props === undefined) {
    parent.issue("healthCheck", undefined, "how targets are checked", "give {} for the defaults: GET /healthz every minute");
  }
  const check = parent.nested<PoolHealthProps>("healthCheck", props ?? {}, KNOWN_HEALTH);
  const intervalSeconds = check.integer("intervalSeconds", { min: minIntervalSeconds, max: 3600, default: 60, source });
  const timeoutSeconds = check.integer("timeoutSeconds", { min: 1, max: 30, default: 5 });
  const retries = check.integer("retries", { min: 0, max: 5, default: 2 });
  const tries = timeoutSeconds * (retries + 1);
  if (tries > intervalSeconds) {
    const want = `${intervalSeconds} or less for all ${retries + 1} tries, which take ${tries} seconds`;
    check.issue("timeoutSeconds", timeoutSeconds, want, "lower it or retries, or raise intervalSeconds");
  }
  return {
    path: check.text("path", {
      pattern: /^\/[A-Za-z0-9._~/?=&%-]*$/,
      maxLength: 1024,
      want: 'a path such as "/healthz"',
      default: "/healthz",
    }),
    intervalSeconds,
    timeoutSeconds,
    retries,
    healthyCount: check.integer("healthyCount", { min: 1, max: 10, default: 2 }),
    unhealthyCount: check.integer("unhealthyCount", { min: 1, max: 10, default: 2 }),
  };
}

function readWeight<P extends { readonly weight?: number }>(check: Check<P>, weight: unknown = 1): number {
  if (typeof weight === "number" && !isToken(weight) && weight >= 0 && weight <= 1) return weight;
  check.issue("weight", weight, "0 to 1");
  return 1;
}
