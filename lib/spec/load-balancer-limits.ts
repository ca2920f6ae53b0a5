import type { PeerLimits } from "./balancer-peers";
import type { BalancerTargetLimits, BalancerTargetProps } from "./balancer-target";
import type { Retention } from "./retention";
import type { WebFirewallLimits } from "./web-firewall";

/** What the provider allows, and what is known of the place. */
export interface LoadBalancerLimits<F = unknown> extends PeerLimits<F> {
  /**
   * Zones that the balancer has to be in.
   * @default - the provider chooses them, or they are not known
   */
  readonly zones?: { readonly found: readonly string[]; readonly min: number };
  /** Whether the network has a place that the internet reaches; undefined when there is no network to look at. */
  readonly reachable: boolean | undefined;
  /** Range of the network. */
  readonly networkCidr: string;
  readonly certificate: "issued" | "given";
  readonly dnsManaged: boolean;
  /** The prop that gives the DNS zone. */
  readonly dnsProp: string;
  /** Longest name that a certificate can be issued for. */
  readonly maxDomainLength: number;
  readonly maxAlternativeDomains: number;
  /**
   * Oldest versions of TLS that can be asked for.
   * @default - 1.2 and 1.3
   */
  readonly tlsVersions?: readonly ("1.2" | "1.3")[];
  readonly idleTimeoutSeconds: { readonly min: number; readonly max: number };
  /** How long access logs can be kept; undefined when the provider has none. */
  readonly accessLogRetention?: Retention;
  /** What the web firewall can; undefined when the provider has none. */
  readonly webFirewall?: WebFirewallLimits;
  /** Where every request goes, when the provider has no routes. */
  readonly target?: BalancerTarget;
}

/** The one set of targets of a balancer without routes, given as prop `target`. */
export interface BalancerTarget {
  readonly props: BalancerTargetProps | undefined;
  /** Further props that the provider has there. */
  readonly own: readonly string[];
  readonly limits: Omit<BalancerTargetLimits, "idleTimeoutSeconds">;
}
