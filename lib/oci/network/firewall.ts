import { Construct } from "constructs";
import { physicalName } from "../../names";
import { specContext, type ProviderProps } from "../../spec/context";
import type { FirewallLimits, FirewallProps, FirewallRuleProps, FirewallRuleSpec, FirewallSpec, Peer } from "../../spec/firewall";
import { FirewallRules, type RuleWithPeer } from "../../spec/firewall-rules";
import { CoreNetworkSecurityGroup } from "../bindings/core-network-security-group";
import {
  CoreNetworkSecurityGroupSecurityRule,
  type CoreNetworkSecurityGroupSecurityRuleConfig,
} from "../bindings/core-network-security-group-security-rule";
import { compartmentOf } from "../compartment";

/** OCI documents no longest display name of these: ours stay short. */
const MAX_NAME = 100;

/** Protocol numbers, as OCI asks for them. Source: https://www.iana.org/assignments/protocol-numbers, read 2026-11-21. */
export const PROTOCOL_NUMBERS = { tcp: "6", udp: "17" } satisfies Record<FirewallRuleSpec["protocol"], string>;

const LIMITS: FirewallLimits<OciFirewall> = {
  description: { pattern: /^[^\p{Cc}]{1,255}$/u, want: "1 to 255 printable characters" },
  prefixLists: true,
  pathOf: (firewall) => (firewall instanceof OciFirewall ? firewall.node.path : undefined),
};

export interface OciFirewallProps extends FirewallProps<OciFirewall> {
  /** The network it is for. */
  readonly network: { readonly vcnId: string };
}

/**
 * Named rules for what may connect; everything else is refused.
 *
 * Creates `oci_core_network_security_group` and one stateful rule resource per rule, so that rules can come and go without touching each
 * other. No cost. A `prefixList` is the label of a service of OCI, such as `network.oracleServices`.
 * Not covered: security lists (the one of the network stays empty), ICMP, IPv6.
 */
export class OciFirewall extends Construct {
  /** The underlying network security group. */
  readonly securityGroup: CoreNetworkSecurityGroup;
  private readonly rules: FirewallRules<OciFirewall>;

  constructor(scope: Construct, id: string, props: OciFirewallProps) {
    super(scope, id);
    this.rules = new FirewallRules<OciFirewall>(props, specContext<Own>(this, OWN_PROPS), LIMITS);
    this.securityGroup = new CoreNetworkSecurityGroup(this, "Resource", {
      compartmentId: compartmentOf(this),
      vcnId: props.network.vcnId,
      displayName: physicalName(this, { kind: "network security group", maxLength: MAX_NAME }),
      freeformTags: { exposure: this.rules.spec.exposure },
    });
    this.rules.all.forEach((rule) => this.addRule(rule));
  }

  /** The firewall after defaults and checks, with the rules that were added later. */
  get spec(): FirewallSpec {
    return this.rules.spec;
  }

  /**
   * Lets someone connect.
   * @throws IntentError when the rule is not allowed or its name is taken.
   */
  addIngress(name: string, rule: FirewallRuleProps<OciFirewall>): void {
    this.addRule(this.rules.add("ingress", name, rule));
  }

  /**
   * Lets connections go somewhere.
   * @throws IntentError when the rule is not allowed or its name is taken.
   */
  addEgress(name: string, rule: FirewallRuleProps<OciFirewall>): void {
    this.addRule(this.rules.add("egress", name, rule));
  }

  private addRule({ rule, peer }: RuleWithPeer<OciFirewall>): void {
    const ports = { destinationPortRange: { min: rule.fromPort, max: rule.toPort } };
    const id = rule.direction === "ingress" ? `Ingress-${rule.name}` : `Egress-${rule.name}`;
    new CoreNetworkSecurityGroupSecurityRule(this, id, {
      networkSecurityGroupId: this.securityGroup.id,
      direction: rule.direction === "ingress" ? "INGRESS" : "EGRESS",
      protocol: PROTOCOL_NUMBERS[rule.protocol],
      description: rule.description,
      stateless: false,
      tcpOptions: rule.protocol === "tcp" ? ports : undefined,
      udpOptions: rule.protocol === "udp" ? ports : undefined,
      ...endOf(rule.direction, peer),
    });
  }
}

type Own = Pick<OciFirewallProps, "network">;

const OWN_PROPS: ProviderProps<Own> = { network: (check) => check.required("network", "the network that the firewall is for") };

type End = Pick<CoreNetworkSecurityGroupSecurityRuleConfig, "source" | "sourceType" | "destination" | "destinationType">;

function endOf(direction: FirewallRuleSpec["direction"], peer: Peer<OciFirewall>): End {
  const [value, type] = addressOf(peer);
  return direction === "ingress" ? { source: value, sourceType: type } : { destination: value, destinationType: type };
}

function addressOf(peer: Peer<OciFirewall>): [value: string, type: string] {
  if (peer === "internet") return ["0.0.0.0/0", "CIDR_BLOCK"];
  if ("firewall" in peer) return [peer.firewall.securityGroup.id, "NETWORK_SECURITY_GROUP"];
  return "prefixList" in peer ? [peer.prefixList, "SERVICE_CIDR_BLOCK"] : [peer.cidr, "CIDR_BLOCK"];
}
