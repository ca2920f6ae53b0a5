import type { Fact } from "../../facts/fact";
import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type { FirewallRuleSpec, PeerSpec } from "../../spec/firewall";
import { TIERS, type Egress, type Tier, type ZonalNetworkSpec } from "../../spec/network";

/** A network as its VPC, subnets, routes and flow logs say it. */
export const readNetwork: Reader = (vpc, inventory) => {
  const subnets = inventory.referring("aws_subnet", "vpc_id", vpc).map((subnet) => ({
    tier: block(subnet.attributes.tags).tier as Tier,
    zone: String(subnet.attributes.availability_zone),
    cidr: String(subnet.attributes.cidr_block),
  }));
  const tiers = TIERS.filter((tier) => subnets.some((subnet) => subnet.tier === tier));
  const zones = [...new Set(subnets.map((subnet) => subnet.zone))];
  const spec: ZonalNetworkSpec = {
    profile: block(vpc.attributes.tags)["network:profile"] === "sandbox" ? "sandbox" : "production",
    cidr: String(vpc.attributes.cidr_block),
    zones,
    egress: egressOf(vpc, inventory, tiers, zones.length),
    tiers,
    subnets: tiers.flatMap((tier) => subnets.filter((subnet) => subnet.tier === tier)),
    flowLogRetentionDays: flowLogDays(vpc, inventory),
  };
  return [{ kind: "network", address: vpc.address, path: vpc.path, spec }];
};

function egressOf(vpc: ResourceView, inventory: Inventory, tiers: readonly Tier[], zones: number): Egress {
  const routes = inventory
    .referring("aws_route_table", "vpc_id", vpc)
    .flatMap((table) => inventory.referring("aws_route", "route_table_id", table));
  const targets = (attribute: string) => new Set(routes.flatMap((route) => asList(route.attributes[attribute])));
  if (targets("network_interface_id").size > 0) return "nat-instance";
  const gateways = targets("nat_gateway_id").size;
  if (gateways > 0) return gateways === zones && zones > 1 ? "nat-gateway-per-zone" : "nat-gateway";
  return tiers.includes("public") ? "public-ip" : "none";
}

function flowLogDays(vpc: ResourceView, inventory: Inventory): number {
  const [flowLog] = inventory.referring("aws_flow_log", "vpc_id", vpc);
  return Number(inventory.referred(flowLog?.attributes.log_destination)?.attributes.retention_in_days ?? 0);
}

/** A firewall as its security group and rule resources say it. */
export const readFirewall: Reader = (group, inventory): Fact[] => {
  const rules = (["ingress", "egress"] as const).flatMap((direction) =>
    inventory
      .referring(`aws_vpc_security_group_${direction}_rule`, "security_group_id", group)
      .map((rule) => readRule(direction, rule, inventory)),
  );
  const exposure = block(group.attributes.tags).exposure === "public" ? "public" : "private";
  return [{ kind: "firewall", address: group.address, path: group.path, spec: { exposure, rules } }];
};

function readRule(direction: "ingress" | "egress", { attributes }: ResourceView, inventory: Inventory): FirewallRuleSpec {
  return {
    name: String(block(attributes.tags).Name),
    direction,
    protocol: attributes.ip_protocol as "tcp" | "udp",
    fromPort: Number(attributes.from_port),
    toPort: Number(attributes.to_port),
    peer: readPeer(attributes, inventory),
    description: String(attributes.description),
  };
}

/** Who is at the other end of a rule resource. */
export function readPeer(attributes: ResourceView["attributes"], inventory: Inventory): PeerSpec {
  if (attributes.cidr_ipv4 === "0.0.0.0/0") return "internet";
  if (attributes.prefix_list_id !== undefined) return { prefixList: String(attributes.prefix_list_id) };
  const peer = inventory.referred(attributes.referenced_security_group_id);
  if (peer !== undefined) return { firewall: peer.path.replace(/\/Resource$/, "") };
  return { cidr: String(attributes.cidr_ipv4) };
}
