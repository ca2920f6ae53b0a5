import { Construct } from "constructs";
import { physicalName } from "../../names";
import { isToken, type Check } from "../../spec/check";
import { specContext, type Lacks, type ProviderProps } from "../../spec/context";
import {
  networkSpec,
  workloadTier,
  type Egress,
  type NetworkLimits,
  type NetworkProps,
  type NetworkSpec,
  type RegionalNetworkSpec,
  type SubnetSpec,
  type Tier,
} from "../../spec/network";
import { CoreDefaultSecurityList } from "../bindings/core-default-security-list";
import { CoreInternetGateway } from "../bindings/core-internet-gateway";
import { CoreNatGateway } from "../bindings/core-nat-gateway";
import { CoreRouteTable, type CoreRouteTableRouteRules } from "../bindings/core-route-table";
import { CoreSubnet } from "../bindings/core-subnet";
import { CoreVcn } from "../bindings/core-vcn";
import { compartmentOf } from "../compartment";
import { LOG_RETENTION_DAYS } from "../log-group";
import { OciFlowLogs } from "./flow-logs";
import { addServiceGateway, oracleServicesOf, type OracleServices } from "./network-endpoints";

/**
 * A VCN is /16 at the largest; at /26 each of the four subnet slots still has 13 addresses (OCI keeps 3 of every subnet).
 * Source: https://docs.oracle.com/en-us/iaas/Content/Network/Concepts/overview.htm, read 2026-11-21.
 */
const LIMITS: NetworkLimits = {
  prefix: { min: 16, max: 26 },
  reserved: ["169.254.0.0/16", "224.0.0.0/3"],
  egress: ["none", "public-ip", "nat-gateway"],
  logRetentionDays: LOG_RETENTION_DAYS,
  source: "OCI virtual cloud networks",
};

/** Ways to the internet that OCI has as a service. Its NAT gateway spans the region, so one for each zone makes no sense. */
export type OciEgress = Exclude<Egress, "nat-instance" | "nat-gateway-per-zone">;

/** Longest DNS label. Source: https://docs.oracle.com/en-us/iaas/compute-cloud-at-customer/topics/network/creating-a-vcn.htm, read 2026-11-21. */
const MAX_DNS_LABEL = 15;
/** OCI documents no longest display name of these: ours stay short. */
const MAX_NAME = 100;

/** Source: https://docs.oracle.com/en-us/iaas/Content/General/Concepts/regions.htm, read 2026-11-21. */
const AVAILABILITY_DOMAIN = /^[A-Za-z0-9]+:[A-Z0-9-]+-AD-[1-3]$/;
const MAX_AVAILABILITY_DOMAINS = 3;

/** Source: Service in the OCI Core Services API reference, read 2026-11-21. */
const SERVICE_ID = /^ocid1\.service\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9.-]+$/;
const CIDR_LABEL = /^all-[a-z0-9-]+-services-in-oracle-services-network$/;

type Lacking = "profile" | "zones";

const LACKS = {
  profile: "an OCI network spans its region in every profile, and has no deletion protection to choose",
  zones: "subnets of OCI span the zones of their region; where machines run is said in availabilityDomains",
} satisfies Record<Lacking, string> & Lacks<NetworkProps>;

export interface OciNetworkProps extends Omit<NetworkProps, Lacking | "egress" | "flowLogRetentionDays"> {
  /** How workloads reach the internet. The NAT gateway of OCI costs nothing. */
  readonly egress: OciEgress;
  /**
   * Availability domains that workloads may be put into, in the order of preference, 1 to 3. Their names begin with a prefix of your
   * tenancy: `oci iam availability-domain list` shows them, such as `Uocm:PHX-AD-1`. Many regions have one.
   */
  readonly availabilityDomains: readonly string[];
  /**
   * Days for which flow logs are kept; OCI keeps them 180 at most.
   * @default 180
   */
  readonly flowLogRetentionDays?: (typeof LOG_RETENTION_DAYS)[number];
  /**
   * The services of OCI that are reached inside the network, such as Object Storage and Vault. Give it to plan without asking OCI.
   * @default - looked up in the region when Terraform plans
   */
  readonly oracleServices?: OracleServices;
}

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
  /** Label of the services of OCI behind the service gateway: the `prefixList` of a firewall rule. */
  readonly oracleServices?: string;
  /** The regional subnet of a tier; undefined when the network has no such tier. */
  subnetId(tier: Tier): string | undefined;
}

/** What to know of a network that is managed elsewhere. */
export interface OciNetworkAttributes extends Omit<IOciNetwork, "workloadTier" | "subnetId"> {
  /** OCIDs of the regional subnets by tier. */
  readonly subnetIds: Partial<Record<Tier, string>>;
}

/**
 * A network with one public, private and isolated subnet for the whole region, in fixed slots: adding a tier never moves another.
 *
 * Creates `oci_core_vcn`, subnets, a route table for each, gateways (internet, NAT, service), a default security list without rules, and flow
 * logs. Nothing gets through before a firewall lets it.
 * Cost of the defaults: gateways none; flow logs .05 USD a GB-month above the first 10 (OCI price list of 2024-01-19, all regions).
 * Not covered: IPv6, peering, dynamic routing gateways. Zones are not chosen for subnets, which span them all.
 */
export class OciNetwork extends Construct implements IOciNetwork {
  /** A network that is managed elsewhere. */
  static fromAttributes({ subnetIds, ...attributes }: OciNetworkAttributes): IOciNetwork {
    const tiers = Object.keys(subnetIds) as Tier[];
    return {
      ...attributes,
      workloadTier: workloadTier({ tiers, egress: attributes.egress }),
      subnetId: (tier) => subnetIds[tier],
    };
  }

  /** The network after defaults and checks. */
  readonly spec: RegionalNetworkSpec;
  /** The underlying VCN. */
  readonly vcn: CoreVcn;
  readonly availabilityDomains: readonly string[];
  readonly oracleServices: string;
  private readonly subnets: Partial<Record<Tier, CoreSubnet>> = {};

  constructor(scope: Construct, id: string, props: OciNetworkProps) {
    super(scope, id);
    this.spec = networkSpec(props as never, specContext<Own, NetworkProps>(this, ownProps(props), LACKS), LIMITS) as RegionalNetworkSpec;
    this.availabilityDomains = [...props.availabilityDomains];
    this.vcn = new CoreVcn(this, "Resource", {
      compartmentId: compartmentOf(this),
      cidrBlocks: [this.spec.cidr],
      displayName: this.nameOf(),
      dnsLabel: physicalName(this, { kind: "VCN DNS label", maxLength: MAX_DNS_LABEL, separator: "" }),
      isIpv6Enabled: false,
    });
    new CoreDefaultSecurityList(this, "DefaultSecurityList", { manageDefaultResourceId: this.vcn.defaultSecurityListId });
    const services = oracleServicesOf(this, props.oracleServices);
    this.oracleServices = services.cidrLabel;
    const routes = this.addGateways(services);
    for (const subnet of this.spec.subnets) this.addSubnet(subnet, routes[subnet.tier]);
    new OciFlowLogs(this, "FlowLogs", { subnetIds: this.subnetIds(), retentionDays: this.spec.flowLogRetentionDays });
  }

  get vcnId(): string {
    return this.vcn.id;
  }

  get cidr(): string {
    return this.spec.cidr;
  }

  get egress(): NetworkSpec["egress"] {
    return this.spec.egress;
  }

  get workloadTier(): Tier {
    return workloadTier(this.spec);
  }

  subnetId(tier: Tier): string | undefined {
    return this.subnets[tier]?.id;
  }

  private subnetIds(): Record<string, string> {
    return Object.fromEntries(this.spec.tiers.map((tier) => [capital(tier), this.subnets[tier]?.id as string]));
  }

  private nameOf(part?: string): string {
    return physicalName(this, { kind: "part of a VCN", maxLength: MAX_NAME, suffix: part });
  }

  /** What each tier has a route to. A public subnet reaches services of OCI over its internet gateway. */
  private addGateways(services: OracleServices): Record<Tier, CoreRouteTableRouteRules[]> {
    const inVcn = { compartmentId: compartmentOf(this), vcnId: this.vcn.id };
    const serviceGateway = addServiceGateway(this, { vcnId: this.vcn.id, name: this.nameOf("services"), serviceId: services.serviceId });
    const inside = route(services.cidrLabel, serviceGateway.id, "Services of OCI");
    const routes: Record<Tier, CoreRouteTableRouteRules[]> = { public: [], private: [inside], isolated: [inside] };
    if (this.spec.tiers.includes("public")) {
      const gateway = new CoreInternetGateway(this, "InternetGateway", {
        ...inVcn,
        displayName: this.nameOf("internet"),
        enabled: true,
      });
      routes.public.push(route(WORLD, gateway.id, "The internet, both ways"));
    }
    if (this.spec.egress === "nat-gateway") {
      const gateway = new CoreNatGateway(this, "NatGateway", { ...inVcn, displayName: this.nameOf("nat"), blockTraffic: false });
      routes.private.push(route(WORLD, gateway.id, "The internet, outwards"));
    }
    return routes;
  }

  private addSubnet({ tier, cidr }: SubnetSpec, routeRules: CoreRouteTableRouteRules[]): void {
    const id = capital(tier);
    const inVcn = { compartmentId: compartmentOf(this), vcnId: this.vcn.id };
    const table = new CoreRouteTable(this, `${id}Routes`, { ...inVcn, displayName: this.nameOf(tier), routeRules });
    this.subnets[tier] = new CoreSubnet(this, id, {
      ...inVcn,
      cidrBlock: cidr,
      displayName: this.nameOf(tier),
      dnsLabel: tier,
      prohibitPublicIpOnVnic: tier !== "public",
      routeTableId: table.id,
      securityListIds: [this.vcn.defaultSecurityListId],
    });
  }
}

const WORLD = "0.0.0.0/0";

function route(destination: string, networkEntityId: string, description: string): CoreRouteTableRouteRules {
  return { destination, destinationType: destination === WORLD ? "CIDR_BLOCK" : "SERVICE_CIDR_BLOCK", networkEntityId, description };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

type Own = Required<Pick<OciNetworkProps, "availabilityDomains" | "oracleServices">>;

/** The props of OCI only, each with its check. */
function ownProps(props: OciNetworkProps): ProviderProps<Own> {
  return {
    availabilityDomains: checkAvailabilityDomains,
    oracleServices: (check) => {
      if (props?.oracleServices === undefined) return;
      const services = check.nested<OracleServices>("oracleServices", props.oracleServices, { serviceId: true, cidrLabel: true });
      services.text("serviceId", {
        pattern: SERVICE_ID,
        want: 'the OCID of a service, such as "ocid1.service.oc1.iad.aaaaexample"',
        tokens: true,
      });
      services.text("cidrLabel", {
        pattern: CIDR_LABEL,
        want: 'a label such as "all-iad-services-in-oracle-services-network"',
        tokens: true,
      });
    },
  };
}

function checkAvailabilityDomains(check: Check<Pick<Own, "availabilityDomains">>): void {
  const want = 'names such as "Uocm:PHX-AD-1", as "oci iam availability-domain list" shows them';
  const names = check.list<string>("availabilityDomains", want);
  for (const name of new Set(names)) if (isToken(name) || !AVAILABILITY_DOMAIN.test(name)) check.issue("availabilityDomains", name, want);
  if (Array.isArray(names) && (names.length === 0 || names.length > MAX_AVAILABILITY_DOMAINS)) {
    check.issue("availabilityDomains", names, "1 to 3 availability domains: no region has more");
  }
  if (new Set(names).size !== names.length) check.issue("availabilityDomains", names, "every availability domain once");
}
