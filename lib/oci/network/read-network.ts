import type { Fact } from "../../facts/fact";
import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type { FirewallRuleSpec, PeerSpec } from "../../spec/firewall";
import { TIERS, type Egress, type RegionalNetworkSpec, type Tier } from "../../spec/network";
import { PROTOCOL_NUMBERS } from "./firewall";

/** A network as its VCN, subnets, gateways and flow logs say it. */
export const readNetwork: Reader = (vcn, inventory) => {
  const resources = inventory.referring("oci_core_subnet", "vcn_id", vcn);
  const subnets = resources.map((subnet) => ({ tier: tierOf(subnet, inventory), cidr: String(subnet.attributes.cidr_block) }));
  const tiers = TIERS.filter((tier) => subnets.some((subnet) => subnet.tier === tier));
  const spec: RegionalNetworkSpec = {
    cidr: String(asList(vcn.attributes.cidr_blocks)[0]),
    egress: egressOf(vcn, inventory, tiers),
    tiers,
    subnets: tiers.flatMap((tier) => subnets.filter((subnet) => subnet.tier === tier)),
    flowLogRetentionDays: Math.min(...resources.map((subnet) => flowLogDays(subnet, inventory))),
  };
  return [{ kind: "network", address: vcn.address, path: vcn.path, spec }];
};

/** What a subnet has a route to tells its tier. */
function tierOf(subnet: ResourceView, inventory: Inventory): Tier {
  const table = inventory.referred(subnet.attributes.route_table_id);
  const targets = asList(table?.attributes.route_rules).map((rule) => inventory.referred(block(rule).network_entity_id)?.type);
  if (targets.includes("oci_core_internet_gateway")) return "public";
  return targets.includes("oci_core_nat_gateway") ? "private" : "isolated";
}

function egressOf(vcn: ResourceView, inventory: Inventory, tiers: readonly Tier[]): Egress {
  if (inventory.referring("oci_core_nat_gateway", "vcn_id", vcn).length > 0) return "nat-gateway";
  return tiers.includes("public") ? "public-ip" : "none";
}

/** 0 without a flow log. */
function flowLogDays(subnet: ResourceView, inventory: Inventory): number {
  const logs = inventory.referring("oci_logging_log", "configuration.source.resource", subnet);
  const enabled = logs.filter((log) => log.attributes.is_enabled !== false);
  return Math.max(0, ...enabled.map((log) => Number(log.attributes.retention_duration)));
}

/** A firewall as its network security group and rule resources say it. */
export const readFirewall: Reader = (group, inventory): Fact[] => {
  const all = inventory.referring("oci_core_network_security_group_security_rule", "network_security_group_id", group);
  const rules = (["ingress", "egress"] as const).flatMap((direction) =>
    all.filter((rule) => rule.attributes.direction === direction.toUpperCase()).map((rule) => readRule(direction, rule, inventory)),
  );
  const exposure = block(group.attributes.freeform_tags).exposure === "public" ? "public" : "private";
  return [{ kind: "firewall", address: group.address, path: group.path, spec: { exposure, rules } }];
};

/** A rule's name is in its address: OCI keeps none. */
const RULE_NAME = /(?:Ingress|Egress)-([A-Za-z0-9-]+?)(?:_[0-9A-F]{8})?$/;

function readRule(direction: "ingress" | "egress", { attributes, path }: ResourceView, inventory: Inventory): FirewallRuleSpec {
  const protocol = attributes.protocol === PROTOCOL_NUMBERS.udp ? "udp" : "tcp";
  const ports = block(block(attributes[`${protocol}_options`]).destination_port_range);
  return {
    name: RULE_NAME.exec(path)?.[1] ?? path,
    direction,
    protocol,
    fromPort: Number(ports.min),
    toPort: Number(ports.max),
    peer: readPeer(attributes[direction === "ingress" ? "source" : "destination"], inventory),
    description: String(attributes.description),
  };
}

function readPeer(value: unknown, inventory: Inventory): PeerSpec {
  if (value === "0.0.0.0/0") return "internet";
  const peer = inventory.referred(value);
  if (peer?.type === "oci_core_network_security_group") return { firewall: peer.path.replace(/\/Resource$/, "") };
  return /^[0-9.]+\/\d+$/.test(String(value)) ? { cidr: String(value) } : { prefixList: String(value) };
}
