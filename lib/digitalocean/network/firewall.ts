import { Firewall, type FirewallInboundRule, type FirewallOutboundRule } from "@cdktf/provider-digitalocean/lib/firewall";
import { Tag } from "@cdktf/provider-digitalocean/lib/tag";
import { Construct, type Node } from "constructs";
import { physicalName } from "../../names";
import { isToken } from "../../spec/check";
import { specContext, type ProviderProps } from "../../spec/context";
import {
  isWorld,
  type FirewallLimits,
  type FirewallProps,
  type FirewallRuleProps,
  type FirewallRuleSpec,
  type FirewallSpec,
  type Peer,
} from "../../spec/firewall";
import { FirewallRules } from "../../spec/firewall-rules";

/** DigitalOcean says which characters a name may have, and not how many: ours stay as short as the label of a host name. */
const MAX_NAME = 63;

/** Tags that one firewall takes. Source: https://docs.digitalocean.com/products/networking/firewalls/details/limits/, read 2026-11-21. */
const MAX_TAGS = 5;

/** Source: `ValidateTag` of the Terraform provider 2.71.0, and the DigitalOcean API reference, read 2026-11-21. */
const TAG = /^[A-Za-z0-9:_-]{1,255}$/;

const LIMITS: FirewallLimits<DigitalOceanPeer> = {
  description: { pattern: /^[^\p{Cc}]{1,255}$/u, want: "1 to 255 printable characters" },
  rules: { max: 50, source: "DigitalOcean firewall limits" },
  prefixLists: false,
  pathOf: (peer) => (peer instanceof DigitalOceanFirewall || peer.loadBalancerId !== undefined ? peer.node.path : undefined),
};

/** A load balancer, as the other end of a rule. */
export interface IDigitalOceanBalancerPeer {
  readonly node: Node;
  /** Id of the load balancer. */
  readonly loadBalancerId: string;
}

/** Who can be at the other end of a rule: machines behind a firewall, or a load balancer. */
export type DigitalOceanPeer = DigitalOceanFirewall | IDigitalOceanBalancerPeer;

export interface DigitalOceanFirewallProps extends FirewallProps<DigitalOceanPeer> {
  /**
   * Further tags whose machines it protects, 4 at most: DigitalOcean takes 5 in one firewall, and one is its own. They must exist.
   * @default []
   */
  readonly tags?: readonly string[];
}

export interface DigitalOceanFirewallSpec extends FirewallSpec {
  /** Tags beside its own whose machines it protects. */
  readonly tags: readonly string[];
}

/**
 * Named rules for what may connect to machines, and where they may connect to; everything else is refused, inside the VPC as well.
 *
 * Creates `digitalocean_firewall` and a `digitalocean_tag` of its own: droplets that carry `tag` are behind it. No cost.
 * `exposure` in the spec tells what the rules make of it: public when one lets the world in.
 * Not covered: load balancers and databases, which DigitalOcean puts behind no firewall (they have rules of their own); ICMP; IPv6.
 * DigitalOcean keeps neither names nor descriptions of rules: they stand beside the rule in Terraform and in the report.
 */
export class DigitalOceanFirewall extends Construct {
  /** The underlying firewall. */
  readonly firewall: Firewall;
  /** Name of the tag that puts a machine behind this firewall. */
  readonly tag: string;
  private readonly extraTags: readonly string[];
  private readonly rules: FirewallRules<DigitalOceanPeer>;

  constructor(scope: Construct, id: string, props: DigitalOceanFirewallProps) {
    super(scope, id);
    this.rules = new FirewallRules<DigitalOceanPeer>(props, specContext<Own>(this, OWN_PROPS), LIMITS);
    this.extraTags = props.tags ?? [];
    this.tag = new Tag(this, "Tag", { name: physicalName(this, { kind: "tag", maxLength: MAX_NAME }) }).name;
    this.firewall = new Firewall(this, "Resource", {
      name: physicalName(this, { kind: "firewall", maxLength: MAX_NAME }),
      tags: [this.tag, ...this.extraTags],
    });
    this.putRules();
    this.node.addValidation({ validate: () => this.noRules() });
  }

  /** The firewall after defaults and checks, with the rules that were added later. */
  get spec(): DigitalOceanFirewallSpec {
    const { rules } = this.rules.spec;
    const open = rules.some((rule) => rule.direction === "ingress" && isWorld(rule.peer));
    return { exposure: open ? "public" : "private", rules, tags: [...this.extraTags] };
  }

  /**
   * Lets someone connect.
   * @throws IntentError when the rule is not allowed or its name is taken.
   */
  addIngress(name: string, rule: FirewallRuleProps<DigitalOceanPeer>): void {
    this.add("ingress", name, rule);
  }

  /**
   * Lets connections go somewhere.
   * @throws IntentError when the rule is not allowed or its name is taken.
   */
  addEgress(name: string, rule: FirewallRuleProps<DigitalOceanPeer>): void {
    this.add("egress", name, rule);
  }

  private add(direction: FirewallRuleSpec["direction"], name: string, rule: FirewallRuleProps<DigitalOceanPeer>): void {
    this.rules.add(direction, name, rule);
    this.putRules();
  }

  /** DigitalOcean keeps all rules in one resource; their order means nothing. */
  private putRules(): void {
    const of = (direction: FirewallRuleSpec["direction"]) => this.rules.all.filter(({ rule }) => rule.direction === direction);
    this.firewall.putInboundRule(of("ingress").map(({ rule, peer }) => inbound(rule, peer)));
    this.firewall.putOutboundRule(of("egress").map(({ rule, peer }) => outbound(rule, peer)));
    of("ingress").forEach(({ rule }, index) => this.firewall.addOverride(`inbound_rule.${index}.//`, commentOf(rule)));
    of("egress").forEach(({ rule }, index) => this.firewall.addOverride(`outbound_rule.${index}.//`, commentOf(rule)));
  }

  private noRules(): string[] {
    if (this.rules.all.length > 0) return [];
    return ["egress: got no rules, want one rule or more in ingress or egress: DigitalOcean takes no firewall without rules"];
  }
}

type Own = Required<Pick<DigitalOceanFirewallProps, "tags">>;

const OWN_PROPS: ProviderProps<Own> = {
  tags: (check) => {
    const tags = check.list<string>("tags", "a list of tags", []);
    if (tags.length >= MAX_TAGS) {
      const want = `${MAX_TAGS - 1} tags at most beside the firewall's own (DigitalOcean firewall limits)`;
      check.issue("tags", tags, want, "give machines the firewall's own tag instead");
    }
    if (new Set(tags.map((tag) => String(tag).toLowerCase())).size !== tags.length) check.issue("tags", tags, "every tag once");
    for (const tag of tags) {
      if (!isToken(tag) && !TAG.test(tag)) check.issue("tags", tag, "1 to 255 letters, digits, :, - and _ (DigitalOcean tags)");
    }
  },
};

/** What stands beside a rule in the JSON, where Terraform takes it for a comment. */
function commentOf({ name, description }: FirewallRuleSpec): object {
  return { name, description };
}

function portsOf({ fromPort, toPort }: FirewallRuleSpec): string {
  return fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
}

function inbound(rule: FirewallRuleSpec, peer: Peer<DigitalOceanPeer>): FirewallInboundRule {
  const { addresses, tags, balancers } = endsOf(peer);
  const ends = { sourceAddresses: addresses, sourceTags: tags, sourceLoadBalancerUids: balancers };
  return { protocol: rule.protocol, portRange: portsOf(rule), ...ends };
}

function outbound(rule: FirewallRuleSpec, peer: Peer<DigitalOceanPeer>): FirewallOutboundRule {
  const { addresses, tags, balancers } = endsOf(peer);
  const ends = { destinationAddresses: addresses, destinationTags: tags, destinationLoadBalancerUids: balancers };
  return { protocol: rule.protocol, portRange: portsOf(rule), ...ends };
}

interface Ends {
  readonly addresses?: string[];
  readonly tags?: string[];
  readonly balancers?: string[];
}

function endsOf(peer: Peer<DigitalOceanPeer>): Ends {
  if (peer === "internet") return { addresses: ["0.0.0.0/0"] };
  if ("firewall" in peer) {
    return peer.firewall instanceof DigitalOceanFirewall ? { tags: [peer.firewall.tag] } : { balancers: [peer.firewall.loadBalancerId] };
  }
  return { addresses: "cidr" in peer ? [peer.cidr] : [] };
}
