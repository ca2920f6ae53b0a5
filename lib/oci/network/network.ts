import type { NetworkSpec, Tier } from "../../spec/network";

/** A network that other constructs can be put into. */
export interface IOciNetwork {
  readonly vcnId: string;
  /** IPv4 range of the network. */
  readonly cidr: string;
  readonly egress: NetworkSpec["egress"];
  /** The tier in which workloads run. */
  readonly workloadTier: Tier;
  /** Names of the availability domains that workloads may be put into, in the order of preference, such as `Uocm:PHX-AD-1`. */
  readonly availabilityDomains: readonly string[];
  /** The regional subnet of a tier; undefined when the network has no such tier. */
  subnetId(tier: Tier): string | undefined;
}
