import type { FirewallRulePosture } from "../../facts/posture-network";
import type { Known, PostureReader } from "../../facts/posture";
import { asList, given, isExpression, isWorld, some, type Attributes } from "../../facts/values";

/** A VPC has neither flow logs nor a firewall of its own. */
export const readVpc: PostureReader = ({ address, path }) => [
  { kind: "virtual-network", address, path, flowLogged: false, defaultFirewallClosed: false },
];

/** A firewall with its rules. DigitalOcean keeps no description of either: comments beside the rules in Terraform count. */
export const readFirewall: PostureReader = ({ address, path, attributes }) => [
  { kind: "firewall-group", address, path, described: false },
  ...rules(attributes.inbound_rule).map((rule) => ({ ...ruleOf("ingress", rule, rule.source_addresses), address, path })),
  ...rules(attributes.outbound_rule).map((rule) => ({ ...ruleOf("egress", rule, rule.destination_addresses), address, path })),
];

function rules(value: unknown): readonly Attributes[] {
  return asList(value) as readonly Attributes[];
}

function ruleOf(direction: "ingress" | "egress", rule: Attributes, peers: unknown): Omit<FirewallRulePosture, "address" | "path"> {
  const [fromPort, toPort] = portsOf(rule.port_range);
  return {
    kind: "firewall-rule",
    direction,
    protocol: isExpression(rule.protocol) ? "unknown" : String(rule.protocol).toLowerCase(),
    fromPort,
    toPort,
    world: isExpression(peers) ? "unknown" : some(asList(peers).map(isWorld)),
    described: given(rule["//"]),
  };
}

/** A port, a range, or all: `all`, `0`, or nothing. Source: docs/resources/firewall.md of the Terraform provider 2.71.0, read 2026-11-21. */
function portsOf(range: unknown): readonly [Known<number>, Known<number>] {
  if (isExpression(range)) return ["unknown", "unknown"];
  const [from = "", to = from] = String(range ?? "all").split("-");
  return ["all", "0", ""].includes(from) ? [0, 65535] : [Number(from), Number(to)];
}
