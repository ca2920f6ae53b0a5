import type { Check, KeysOf } from "./check";

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

/** What a set of targets is like. */
export interface BalancerTargetProps {
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
   * Whether a client stays with the target that it got first, by a cookie of one day.
   * @default false
   */
  readonly sticky?: boolean;
}

export interface HealthCheckSpec {
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** Absent when the provider counts good answers like bad ones. */
  readonly healthyCount?: number;
  readonly unhealthyCount: number;
}

export interface BalancerTargetSpec {
  readonly port: number;
  readonly protocol: "https" | "http";
  readonly healthCheck: HealthCheckSpec;
  readonly sticky: boolean;
}

/** How the provider checks and reaches targets. */
export interface BalancerTargetLimits {
  /**
   * What the balancer can speak to targets, the default first.
   * @default - HTTPS and HTTP
   */
  readonly protocols?: readonly ("https" | "http")[];
  /**
   * Shortest time to wait for the answer to a health check.
   * @default 2
   */
  readonly minHealthTimeoutSeconds?: number;
  readonly idleTimeoutSeconds: number;
  /** Where the limits come from. */
  readonly source: string;
}

export const KNOWN_TARGET = { port: true, protocol: true, healthCheck: true, sticky: true } satisfies KeysOf<BalancerTargetProps>;
const KNOWN_HEALTH = {
  path: true,
  intervalSeconds: true,
  timeoutSeconds: true,
  healthyCount: true,
  unhealthyCount: true,
} satisfies KeysOf<HealthCheckProps>;

const PROTOCOLS = ["https", "http"] as const;

/** Targets after defaults and checks. */
export function readTarget<P extends BalancerTargetProps>(
  check: Check<P>,
  props: BalancerTargetProps | undefined,
  limits: BalancerTargetLimits,
): BalancerTargetSpec {
  return {
    port: check.integer("port", { min: 1, max: 65535 }),
    protocol: readProtocol(check, limits),
    healthCheck: readHealthCheck(check, props?.healthCheck, limits),
    sticky: check.flag("sticky", false),
  };
}

function readProtocol<P extends BalancerTargetProps>(
  check: Check<P>,
  { protocols = PROTOCOLS, source }: BalancerTargetLimits,
): "https" | "http" {
  const fallback = protocols[0] as "https" | "http";
  const protocol = check.oneOf("protocol", PROTOCOLS, fallback);
  if (!protocols.includes(protocol)) check.issue("protocol", protocol, `"${fallback}" (${source})`);
  return protocol;
}

function readHealthCheck<P extends BalancerTargetProps>(
  parent: Check<P>,
  props: HealthCheckProps = {},
  limits: BalancerTargetLimits,
): HealthCheckSpec {
  const { source, minHealthTimeoutSeconds: min = 2 } = limits;
  const check = parent.nested<HealthCheckProps>("healthCheck", props, KNOWN_HEALTH);
  const intervalSeconds = check.integer("intervalSeconds", { min: 5, max: 300, default: 15, source });
  const timeoutSeconds = check.integer("timeoutSeconds", { min, max: 120, default: 5, source });
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
    healthyCount: check.unlessLacking("healthyCount", () => check.integer("healthyCount", { min: 2, max: 10, default: 2, source })),
    unhealthyCount: check.integer("unhealthyCount", { min: 2, max: 10, default: 3, source }),
  };
}
