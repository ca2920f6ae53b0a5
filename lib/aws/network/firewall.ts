import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { specContext, type ProviderProps } from "../../spec/context";
import type { FirewallLimits, FirewallProps, FirewallRuleProps, FirewallSpec, Peer } from "../../spec/firewall";
import { FirewallRules, type RuleWithPeer } from "../../spec/firewall-rules";

/** Longest name of a security group. Source: Amazon EC2 API reference, read 2026-11-21. */
const MAX_NAME = 255;

const LIMITS: FirewallLimits<AwsFirewall> = {
  description: {
    pattern: /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
    want: "1 to 255 characters of letters, digits, blanks and ._-:/()#,@[]+=&;{}!$*",
  },
  prefixLists: true,
  pathOf: (firewall) => firewall.node?.path,
};

export interface AwsFirewallProps extends FirewallProps<AwsFirewall> {
  /** The network it is for. */
  readonly network: { readonly vpcId: string };
}

/**
 * Named rules for what may connect; everything else is refused.
 *
 * Creates `aws_security_group` and one rule resource per rule, so that rules can come and go without touching each other. No cost.
 * Not covered: network ACLs.
 */
export class AwsFirewall extends Construct {
  /** The underlying security group. */
  readonly securityGroup: SecurityGroup;
  private readonly rules: FirewallRules<AwsFirewall>;

  constructor(scope: Construct, id: string, props: AwsFirewallProps) {
    super(scope, id);
    this.rules = new FirewallRules<AwsFirewall>(props, specContext<Own>(this, OWN_PROPS), LIMITS);
    this.securityGroup = new SecurityGroup(this, "Resource", {
      name: physicalName(this, { kind: "security group", maxLength: MAX_NAME }),
      description: `Connections of ${this.node.path}`.slice(0, MAX_NAME),
      vpcId: props.network.vpcId,
      tags: { exposure: this.rules.spec.exposure },
      lifecycle: { createBeforeDestroy: false },
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
  addIngress(name: string, rule: FirewallRuleProps<AwsFirewall>): void {
    this.addRule(this.rules.add("ingress", name, rule));
  }

  /**
   * Lets connections go somewhere.
   * @throws IntentError when the rule is not allowed or its name is taken.
   */
  addEgress(name: string, rule: FirewallRuleProps<AwsFirewall>): void {
    this.addRule(this.rules.add("egress", name, rule));
  }

  private addRule({ rule, peer }: RuleWithPeer<AwsFirewall>): void {
    const config = {
      securityGroupId: this.securityGroup.id,
      description: rule.description,
      ipProtocol: rule.protocol,
      fromPort: rule.fromPort,
      toPort: rule.toPort,
      tags: { Name: rule.name },
      ...peerConfig(peer),
    };
    if (rule.direction === "ingress") new VpcSecurityGroupIngressRule(this, `Ingress-${rule.name}`, config);
    else new VpcSecurityGroupEgressRule(this, `Egress-${rule.name}`, config);
  }
}

type Own = Pick<AwsFirewallProps, "network">;

const OWN_PROPS: ProviderProps<Own> = { network: (check) => check.required("network", "the network that the firewall is for") };

function peerConfig(peer: Peer<AwsFirewall>) {
  if (peer === "internet") return { cidrIpv4: "0.0.0.0/0" };
  if ("firewall" in peer) return { referencedSecurityGroupId: peer.firewall.securityGroup.id };
  return "prefixList" in peer ? { prefixListId: peer.prefixList } : { cidrIpv4: peer.cidr };
}
