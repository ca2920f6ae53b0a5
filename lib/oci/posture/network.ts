import type { Inventory, ResourceView } from "../../facts/inventory";
import type { FirewallRulePosture } from "../../facts/posture-network";
import type { Known, PostureReader } from "../../facts/posture";
import {
  all,
  asList,
  block,
  flag,
  given,
  isExpression,
  isWorld,
  not,
  numeric,
  oneOf,
  some,
  word,
  type Attributes,
} from "../../facts/values";

/** Whether a log of a service watches a resource. */
export function isLogged(resource: ResourceView, service: string, inventory: Inventory): Known<boolean> {
  const logs = inventory.referring("oci_logging_log", "configuration.source.resource", resource);
  const ofService = ({ attributes }: ResourceView) => oneOf(block(block(attributes.configuration).source).service, [service], "");
  return some(logs.map((log) => all([ofService(log), flag(log.attributes.is_enabled, true)])));
}

export const readVcn: PostureReader = (vcn, inventory) => {
  const { address, path } = vcn;
  const subnets = inventory.referring("oci_core_subnet", "vcn_id", vcn);
  const logged = all(subnets.map((subnet) => isLogged(subnet, "flowlogs", inventory)));
  const lists = inventory.referring("oci_core_default_security_list", "manage_default_resource_id", vcn);
  const isClosed = ({ attributes }: ResourceView) => !given(attributes.ingress_security_rules) && !given(attributes.egress_security_rules);
  return [
    {
      kind: "virtual-network",
      address,
      path,
      flowLogged: some([isLogged(vcn, "flowlogs", inventory), subnets.length > 0 && logged]),
      defaultFirewallClosed: lists.length > 0 && lists.every(isClosed),
    },
  ];
};

export const readSubnet: PostureReader = ({ address, path, attributes }) => {
  const forbidden = some([flag(attributes.prohibit_public_ip_on_vnic, false), flag(attributes.prohibit_internet_ingress, false)]);
  return [{ kind: "subnet", address, path, automaticPublicAddress: not(forbidden) }];
};

/** A group, which has a name and no description. */
export const readGroup: PostureReader = ({ address, path, attributes }) => [
  { kind: "firewall-group", address, path, described: given(attributes.description) },
];

export const readRule: PostureReader = ({ address, path, attributes }) => {
  const direction = word(attributes.direction, "INGRESS") === "EGRESS" ? "egress" : "ingress";
  const options = block(attributes.tcp_options ?? attributes.udp_options);
  return [{ ...ruleOf(direction, attributes, block(options.destination_port_range)), address, path }];
};

/** The rules that stand inside of a security list; the list itself cannot be described. */
export const readSecurityList: PostureReader = ({ address, path, attributes }) =>
  (["ingress", "egress"] as const).flatMap((direction) =>
    (asList(attributes[`${direction}_security_rules`]) as readonly Attributes[]).map((rule) => ({
      ...ruleOf(direction, rule, block(rule.tcp_options ?? rule.udp_options)),
      address,
      path,
    })),
  );

function ruleOf(direction: "ingress" | "egress", rule: Attributes, ports: Attributes): Omit<FirewallRulePosture, "address" | "path"> {
  const peer = direction === "ingress" ? rule.source : rule.destination;
  const byRange = oneOf(direction === "ingress" ? rule.source_type : rule.destination_type, ["CIDR_BLOCK"], "CIDR_BLOCK");
  return {
    kind: "firewall-rule",
    direction,
    protocol: protocolOf(rule.protocol),
    fromPort: numeric(ports.min, 0),
    toPort: numeric(ports.max, 65535),
    world: byRange === true ? isWorld(peer) : byRange,
    described: given(rule.description),
  };
}

/** Protocols have numbers at OCI. Source: oci_core_network_security_group_security_rule of provider 8.28.0, read 2026-11-21. */
const BY_NUMBER: Readonly<Record<string, string>> = { all: "any", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6" };

function protocolOf(protocol: unknown): Known<string> {
  if (!given(protocol) || isExpression(protocol)) return "unknown";
  return BY_NUMBER[String(protocol).toLowerCase()] ?? String(protocol);
}
