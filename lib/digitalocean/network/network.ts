import { Vpc } from "@cdktf/provider-digitalocean/lib/vpc";
import { VpcNatGateway } from "@cdktf/provider-digitalocean/lib/vpc-nat-gateway";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { specContext, type Lacks, type ProviderProps } from "../../spec/context";
import { networkSpec, type Egress, type NetworkLimits, type NetworkProps, type NetworkSpec } from "../../spec/network";
import { REGIONS, type DigitalOceanRegion } from "../region";
import { EGRESS_WORDS } from "./egress-words";

/**
 * A VPC may be /16 to /28, and private.
 * Source: https://docs.digitalocean.com/products/networking/vpc/concepts/plan-your-network/, read 2026-11-21.
 */
const LIMITS: NetworkLimits = {
  prefix: { min: 16, max: 28 },
  within: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
  egress: ["none", "public-ip", "nat-gateway"],
  source: "DigitalOcean VPC",
};

/** DigitalOcean says which characters a name may have, and not how many: ours stay as short as the label of a host name. */
const MAX_NAME = 63;

/** The smallest of the sizes of a NAT gateway. Source: digitalocean_vpc_nat_gateway in the provider's documentation, read 2026-11-21. */
const NAT_SIZE = 1;

/** Ways to the internet that DigitalOcean has. A NAT gateway serves the whole region, and no droplet may forward packets of others. */
export type DigitalOceanEgress = Exclude<Egress, "nat-instance" | "nat-gateway-per-zone">;

type Lacking = "profile" | "zones" | "tiers" | "flowLogRetentionDays";

const LACKS = {
  profile: "a DigitalOcean VPC has no redundancy and no deletion protection to choose",
  zones: "a DigitalOcean VPC spans its region, and regions have no zones",
  tiers: "a DigitalOcean VPC has no subnets",
  flowLogRetentionDays: "DigitalOcean keeps no flow logs",
} satisfies Record<Lacking, string> & Lacks<NetworkProps>;

export interface DigitalOceanNetworkProps extends Omit<NetworkProps, Lacking | "egress"> {
  /** Where the network and everything in it lies, such as `fra1`. */
  readonly region: DigitalOceanRegion;
  /**
   * How workloads reach the internet. Every droplet has a public address of its own, so `public-ip` is what droplets use;
   * with `nat-gateway` they leave through the gateway only when their default route is set to `natGatewayIp`;
   * `none` is for networks without droplets, such as those of databases.
   */
  readonly egress: DigitalOceanEgress;
}

export interface DigitalOceanNetworkSpec extends NetworkSpec {
  readonly region: DigitalOceanRegion;
  readonly egress: DigitalOceanEgress;
}

/** A network that other constructs can be put into. */
export interface IDigitalOceanNetwork {
  readonly vpcId: string;
  /** The region of the network, and so of everything in it; always a literal. */
  readonly region: string;
  /** IPv4 range of the network. */
  readonly cidr: string;
  readonly egress: NetworkSpec["egress"];
  /** Private address of the NAT gateway, for the default route of droplets; undefined without one. */
  readonly natGatewayIp?: string;
}

/**
 * A private network in one region.
 *
 * Creates `digitalocean_vpc`, and with `nat-gateway` a `digitalocean_vpc_nat_gateway` of the smallest size.
 * Cost of the defaults: none for the VPC; the NAT gateway (a preview, says the provider) has no price in the book, and is
 * reported as a gap.
 * Not covered: peering, IPv6. A VPC has no zones, tiers, subnets and flow logs: these props are not there.
 */
export class DigitalOceanNetwork extends Construct implements IDigitalOceanNetwork {
  /** A network that is managed elsewhere. */
  static fromAttributes(attributes: IDigitalOceanNetwork): IDigitalOceanNetwork {
    return { ...attributes };
  }

  /** The network after defaults and checks. */
  readonly spec: DigitalOceanNetworkSpec;
  /** The underlying VPC. */
  readonly vpc: Vpc;
  /** The underlying NAT gateway, when there is one. */
  readonly natGateway?: VpcNatGateway;

  constructor(scope: Construct, id: string, props: DigitalOceanNetworkProps) {
    super(scope, id);
    const neutral = networkSpec(props as never, specContext<Own, NetworkProps>(this, OWN_PROPS, LACKS), LIMITS);
    this.spec = { ...neutral, egress: neutral.egress as DigitalOceanEgress, region: props.region };
    this.vpc = new Vpc(this, "Resource", {
      name: physicalName(this, { kind: "VPC", maxLength: MAX_NAME }),
      region: this.spec.region,
      ipRange: this.spec.cidr,
      description: EGRESS_WORDS[this.spec.egress],
    });
    if (this.spec.egress === "nat-gateway") this.natGateway = this.addNatGateway();
  }

  get vpcId(): string {
    return this.vpc.id;
  }

  get region(): DigitalOceanRegion {
    return this.spec.region;
  }

  get cidr(): string {
    return this.spec.cidr;
  }

  get egress(): DigitalOceanEgress {
    return this.spec.egress;
  }

  get natGatewayIp(): string | undefined {
    return this.natGateway?.vpcs.get(0).gatewayIp;
  }

  private addNatGateway(): VpcNatGateway {
    return new VpcNatGateway(this, "NatGateway", {
      name: physicalName(this, { kind: "NAT gateway", maxLength: MAX_NAME }),
      type: "PUBLIC",
      region: this.spec.region,
      size: NAT_SIZE,
      vpcs: [{ vpcUuid: this.vpc.id, defaultGateway: true }],
    });
  }
}

type Own = Pick<DigitalOceanNetworkProps, "region">;

const OWN_PROPS: ProviderProps<Own> = {
  region: (check) => void check.oneOf("region", REGIONS),
};
