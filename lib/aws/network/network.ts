import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";
import { specContext, type ProviderProps } from "../../spec/context";
import {
  networkSpec,
  workloadTier,
  type NetworkLimits,
  type NetworkProps,
  type NetworkSpec,
  type SubnetSpec,
  type Tier,
  type ZonalNetworkSpec,
} from "../../spec/network";
import { AwsFlowLogs } from "./flow-logs";
import { addEndpoints, INTERFACE_ENDPOINTS, type InterfaceEndpoint } from "./network-endpoints";
import { addNat, type Nat } from "./nat";
import { tryRegion, zoneLetter } from "../region";

/** Retention periods of CloudWatch Logs. Source: PutRetentionPolicy in the CloudWatch Logs API reference, read 2026-11-21. */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** A VPC may be /16 to /28 and a subnet at least /28, so 32 slots need /23. Source: Amazon VPC quotas, read 2026-11-21. */
const PREFIX = { min: 16, max: 23 } as const;

export interface AwsNetworkProps extends NetworkProps {
  /**
   * AWS services reached inside the network instead of over the internet. 7.30 USD a month each and zone (us-east-1, 2026-07).
   * S3 and DynamoDB are always reached inside, at no cost.
   * @default []
   */
  readonly interfaceEndpoints?: readonly InterfaceEndpoint[];
}

/** A network that other constructs can be put into. */
export interface IAwsNetwork {
  readonly vpcId: string;
  /** IPv4 range of the network. */
  readonly cidr: string;
  /** Zones by name. */
  readonly zones: readonly string[];
  readonly egress: NetworkSpec["egress"];
  /** The tier in which workloads run. */
  readonly workloadTier: Tier;
  /** Subnet ids of a tier in the order of the zones; empty when the network has no such tier. */
  subnetIds(tier: Tier): readonly string[];
}

/** What to know of a network that is managed elsewhere. */
export interface AwsNetworkAttributes {
  readonly vpcId: string;
  readonly cidr: string;
  readonly zones: readonly string[];
  readonly egress: NetworkSpec["egress"];
  /** Subnet ids by tier, in the order of the zones. */
  readonly subnetIds: Partial<Record<Tier, readonly string[]>>;
}

/**
 * A network with public, private and isolated subnets in fixed slots: adding a tier or zone never moves an existing subnet.
 *
 * Creates `aws_vpc`, subnets, route tables, gateways, an empty default security group, flow logs and gateway endpoints.
 * Cost of the defaults: the egress (NAT gateway 32.85 USD a month and .045 a GB in us-east-1, 2026-07), and flow logs at .50 a GB.
 * Not covered: IPv6, network ACLs, peering and transit gateways.
 */
export class AwsNetwork extends Construct implements IAwsNetwork {
  /** A network that is managed elsewhere. */
  static fromAttributes(attributes: AwsNetworkAttributes): IAwsNetwork {
    const tiers = Object.keys(attributes.subnetIds) as Tier[];
    return {
      ...attributes,
      workloadTier: workloadTier({ tiers, egress: attributes.egress }),
      subnetIds: (tier) => [...(attributes.subnetIds[tier] ?? [])],
    };
  }

  /** The network after defaults and checks. */
  readonly spec: ZonalNetworkSpec;
  /** The underlying VPC. */
  readonly vpc: Vpc;
  private readonly subnetsByTier: Record<Tier, Subnet[]> = { public: [], private: [], isolated: [] };
  private readonly routeTables: RouteTable[] = [];

  constructor(scope: Construct, id: string, props: AwsNetworkProps) {
    super(scope, id);
    this.spec = networkSpec(props, specContext<Own>(this, OWN_PROPS), awsNetworkLimits(this)) as ZonalNetworkSpec;
    this.node.addValidation({ validate: () => this.zonesOutsideRegion() });
    this.vpc = new Vpc(this, "Resource", {
      cidrBlock: this.spec.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: this.node.path, "network:profile": this.spec.profile },
    });
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", { vpcId: this.vpc.id });
    new AwsFlowLogs(this, "FlowLogs", { vpcId: this.vpc.id, retentionDays: this.spec.flowLogRetentionDays });
    const gateway = this.tryInternetGateway();
    for (const subnet of this.spec.subnets) this.addSubnet(subnet);
    const nats = addNat(this, this.spec, this.subnetsByTier.public, this.vpc);
    this.addRoutes(gateway, nats);
    addEndpoints(this, {
      vpcId: this.vpc.id,
      cidr: this.cidr,
      services: props.interfaceEndpoints ?? [],
      routeTables: this.routeTables,
      subnetIds: this.subnetIds(this.workloadTier),
    });
  }

  get vpcId(): string {
    return this.vpc.id;
  }

  get cidr(): string {
    return this.spec.cidr;
  }

  get zones(): readonly string[] {
    return [...this.spec.zones];
  }

  get egress(): NetworkSpec["egress"] {
    return this.spec.egress;
  }

  get workloadTier(): Tier {
    return workloadTier(this.spec);
  }

  subnetIds(tier: Tier): readonly string[] {
    return this.subnetsByTier[tier].map((subnet) => subnet.id);
  }

  /** A provider that was added after the network is seen here. */
  private zonesOutsideRegion(): string[] {
    const region = tryRegion(this);
    const wrong = this.spec.zones.filter((zone) => zoneLetter(zone, region) === undefined);
    return wrong.map((zone) => `zones: got "${zone}", want a zone of the provider's region, such as "${region}a"`);
  }

  private tryInternetGateway(): InternetGateway | undefined {
    if (!this.spec.tiers.includes("public")) return undefined;
    return new InternetGateway(this, "InternetGateway", { vpcId: this.vpc.id, tags: { Name: this.node.path } });
  }

  private addSubnet(subnet: Required<SubnetSpec>): void {
    const id = `${capital(subnet.tier)}${letterOf(subnet.zone)}`;
    const resource = new Subnet(this, id, {
      vpcId: this.vpc.id,
      cidrBlock: subnet.cidr,
      availabilityZone: subnet.zone,
      mapPublicIpOnLaunch: false,
      tags: { Name: `${this.node.path}/${id}`, tier: subnet.tier },
    });
    this.subnetsByTier[subnet.tier].push(resource);
  }

  /** Every private subnet has a table of its own, so that a NAT per zone can come later without moving anything. */
  private addRoutes(gateway: InternetGateway | undefined, nats: readonly Nat[]): void {
    this.spec.zones.forEach((zone, index) => {
      for (const tier of this.spec.tiers) {
        const subnet = this.subnetsByTier[tier][index] as Subnet;
        const id = `${capital(tier)}${letterOf(zone)}Routes`;
        const table = new RouteTable(this, id, { vpcId: this.vpc.id, tags: { Name: `${this.node.path}/${id}` } });
        this.routeTables.push(table);
        new RouteTableAssociation(this, `${id}Association`, { subnetId: subnet.id, routeTableId: table.id });
        const world = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0" };
        if (tier === "public") new Route(this, `${id}World`, { ...world, gatewayId: gateway?.id });
        if (tier === "private") new Route(this, `${id}World`, { ...world, ...(nats[index % nats.length] as Nat) });
      }
    });
  }
}

type Own = Pick<AwsNetworkProps, "interfaceEndpoints">;

const OWN_PROPS: ProviderProps<Own> = {
  interfaceEndpoints: (check) => {
    const services = check.list<InterfaceEndpoint>("interfaceEndpoints", "a list of services", []);
    for (const service of services) {
      if (!INTERFACE_ENDPOINTS.includes(service)) check.issue("interfaceEndpoints", service, `one of ${INTERFACE_ENDPOINTS.join(", ")}`);
    }
    if (new Set(services).size !== services.length) check.issue("interfaceEndpoints", services, "every service once");
  },
};

function awsNetworkLimits(scope: Construct): NetworkLimits {
  const region = tryRegion(scope);
  return {
    prefix: PREFIX,
    logRetentionDays: LOG_RETENTION_DAYS,
    natNeedsPublicTier: true,
    zones: {
      region,
      want: region === undefined ? 'a zone name such as "us-east-1a"' : `a zone of the provider's region, such as "${region}a"`,
      letterOf: zoneLetter,
    },
    source: "Amazon VPC quotas",
  };
}

function letterOf(zone: string): string {
  return zone.slice(-1).toUpperCase();
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
