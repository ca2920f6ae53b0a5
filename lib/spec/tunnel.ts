import type { AgentUnitProps } from "./agent-unit";
import type { Check, KeysOf } from "./check";
import { openCheck, type SpecContext } from "./context";
import type { FirewallRuleProps } from "./firewall";
import { checkHost, type HostPlace } from "./host-name";
import type { IBalanced } from "./load-balancer";

/** A way in to a machine that connects outward itself: the machine needs no inbound port and no public address. */
export interface ITunnel extends IBalanced {
  /** Id of the tunnel. */
  readonly tunnelId: string;
  /** Environment variable in which the program on the machine finds the tunnel's token. */
  readonly tokenVariable: string;
  /** Where the machine has to be let out to, as rules of its firewall. */
  readonly egress: Readonly<Record<string, FirewallRuleProps<never>>>;
  /**
   * What runs on the machine: `units: { tunnel: tunnel.unit() }`, with the token as secret of the machine under `tokenVariable`.
   * @param program where the tunnel's program lies on the machine
   */
  unit(program?: string): AgentUnitProps;
}

export interface TunnelProps<A = unknown> {
  /** Name under which clients reach the machine, such as `agent.acme.dev`. */
  readonly host: string;
  /** Port on which the machine's service listens on its own loopback address. */
  readonly port: number;
  /**
   * What the service speaks; its certificate is not checked, since nothing leaves the machine.
   * @default "http"
   */
  readonly protocol?: "http" | "https";
  /**
   * Who is let through; the machine's end checks it once more.
   * @default - nobody: then `exposure` has to be "public"
   */
  readonly access?: A;
  /**
   * Whether everybody may reach the service.
   * @default "private"
   */
  readonly exposure?: "private" | "public";
}

/** A service of a machine, reached through a tunnel. */
export interface TunnelSpec {
  readonly host: string;
  readonly port: number;
  readonly protocol: "http" | "https";
  readonly exposure: "private" | "public";
}

/** What is known of the place. */
export interface TunnelLimits {
  readonly place: HostPlace;
  /** Host that `access` protects, and whether all of it; undefined without one. */
  readonly protects?: { readonly host: string; readonly whole: boolean };
}

export const TUNNEL_PROPS = { host: true, port: true, protocol: true, access: true, exposure: true } satisfies KeysOf<TunnelProps>;

/**
 * The tunnel after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function tunnelSpec<A>(props: TunnelProps<A>, context: SpecContext, limits: TunnelLimits): TunnelSpec {
  const check = openCheck<TunnelProps<A>>(props, TUNNEL_PROPS, context);
  checkHost(check, "host", props?.host, limits.place);
  const exposure = check.oneOf("exposure", ["private", "public"] as const, "private");
  checkAccess(check, props, exposure, limits);
  return check.done({
    host: props?.host,
    port: check.integer("port", { min: 1, max: 65535 }),
    protocol: check.oneOf("protocol", ["http", "https"] as const, "http"),
    exposure,
  });
}

function checkAccess<A>(
  check: Check<TunnelProps<A>>,
  props: TunnelProps<A>,
  exposure: TunnelSpec["exposure"],
  { protects }: TunnelLimits,
): void {
  if (exposure === "public") {
    if (props?.access !== undefined)
      check.issue("exposure", exposure, '"private", since access says who is let through', "remove one of the two");
  } else if (protects === undefined) {
    check.issue("access", props?.access === undefined ? undefined : "something else", "who is let through", 'or declare exposure "public"');
  } else if (protects.host !== props?.host || !protects.whole) {
    const got = protects.whole ? protects.host : `a path of ${protects.host}`;
    check.issue("access", got, `access to the whole of ${props?.host}`, "what it does not protect would be open");
  }
}
