import type { FirewallRulePosture } from "../../facts/posture-network";
import type { Known, PostureReader } from "../../facts/posture";
import { isWorld } from "../../facts/values";
import { asList, flag, given, isExpression, numeric, some, type Attributes } from "./values";

export const readVpc: PostureReader = (vpc, inventory) => {
  const { address, path } = vpc;
  const closed = inventory.referring("aws_default_security_group", "vpc_id", vpc);
  const rules = (group: Attributes) => given(group.ingress) || given(group.egress);
  return [
    {
      kind: "virtual-network",
      address,
      path,
      flowLogged: inventory.referring("aws_flow_log", "vpc_id", vpc).length > 0,
      defaultFirewallClosed: closed.length > 0 && closed.every((group) => !rules(group.attributes)),
    },
  ];
};

export const readSubnet: PostureReader = ({ address, path, attributes }) => [
  { kind: "subnet", address, path, automaticPublicAddress: flag(attributes.map_public_ip_on_launch, false) },
];

/** What Terraform writes when nobody says what a group is for. */
const NO_DESCRIPTION = "Managed by Terraform";

/** A group, and the rules that stand inside of it. */
export const readGroup: PostureReader = ({ address, path, attributes }) => {
  const inline = (["ingress", "egress"] as const).flatMap((direction) =>
    (asList(attributes[direction]) as readonly Attributes[]).map((rule) => ({
      ...ruleOf(direction, rule, [...asList(rule.cidr_blocks), ...asList(rule.ipv6_cidr_blocks)]),
      address,
      path,
    })),
  );
  const described = given(attributes.description) && attributes.description !== NO_DESCRIPTION;
  return [{ kind: "firewall-group", address, path, described }, ...inline];
};

/** A rule as a resource of its own, in the older way. */
export const readRule: PostureReader = ({ address, path, attributes }) => {
  const peers = [...asList(attributes.cidr_blocks), ...asList(attributes.ipv6_cidr_blocks)];
  return [{ ...ruleOf(attributes.type === "egress" ? "egress" : "ingress", attributes, peers), address, path }];
};

export const readIngressRule = ruleReader("ingress");
export const readEgressRule = ruleReader("egress");

function ruleReader(direction: "ingress" | "egress"): PostureReader {
  return ({ address, path, attributes }) => {
    const peers = [...asList(attributes.cidr_ipv4), ...asList(attributes.cidr_ipv6)];
    const rule = { ...attributes, protocol: attributes.ip_protocol };
    return [{ ...ruleOf(direction, rule, peers), address, path }];
  };
}

function ruleOf(
  direction: "ingress" | "egress",
  rule: Attributes,
  peers: readonly unknown[],
): Omit<FirewallRulePosture, "address" | "path"> {
  const protocol = protocolOf(rule.protocol);
  const everyPort = protocol === "any";
  return {
    kind: "firewall-rule",
    direction,
    protocol,
    fromPort: everyPort ? 0 : numeric(rule.from_port, 0),
    toPort: everyPort ? 65535 : numeric(rule.to_port, 65535),
    world: some(peers.map(isWorld)),
    described: given(rule.description),
  };
}

const BY_NUMBER: Readonly<Record<string, string>> = { "-1": "any", all: "any", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6" };

function protocolOf(protocol: unknown): Known<string> {
  if (!given(protocol) || isExpression(protocol)) return "unknown";
  const name = String(protocol).toLowerCase();
  return BY_NUMBER[name] ?? name;
}

/** The rules of a default group; nobody can describe the group itself. */
export const readDefaultGroup: PostureReader = (group, inventory) =>
  readGroup(group, inventory).filter(({ kind }) => kind === "firewall-rule");
