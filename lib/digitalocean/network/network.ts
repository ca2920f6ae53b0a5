import type { NetworkSpec } from "../../spec/network";

/** A network that other constructs can be put into. */
export interface IDigitalOceanNetwork {
  readonly vpcId: string;
  /** The region of the network, and so of everything in it; always a literal. */
  readonly region: string;
  /** IPv4 range of the network. */
  readonly cidr: string;
  readonly egress: NetworkSpec["egress"];
}
