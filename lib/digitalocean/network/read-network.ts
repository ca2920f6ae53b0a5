import type { Fact } from "../../facts/fact";
import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import { isWorld, type FirewallRuleSpec, type PeerSpec } from "../../spec/firewall";
import type { DigitalOceanRegion } from "../region";
import { EGRESS_WORDS } from "./egress-words";
import type { DigitalOceanFirewallSpec } from "./firewall";
import type { DigitalOceanEgress, DigitalOceanNetworkSpec } from "./network";

/** A network as its VPC and NAT gateway say it. */
export const readNetwork: Reader = (vpc, inventory) => {
  const spec: DigitalOceanNetworkSpec = {
    cidr: String(vpc.attributes.ip_range),
    egress: egressOf(vpc, inventory),
    region: vpc.attributes.region as DigitalOceanRegion,
  };
  return [{ kind: "network", address: vpc.address, path: vpc.path, spec }];
};

/** Without a gateway machines have their public addresses, unless it is said that there are none. */
function egressOf(vpc: ResourceView, inventory: Inventory): DigitalOceanEgress {
  if (inventory.referring("digitalocean_vpc_nat_gateway", "vpcs.vpc_uuid", vpc).length > 0) return "nat-gateway";
  return vpc.attributes.description === EGRESS_WORDS.none ? "none" : "public-ip";
}

/** A firewall as its rules say it. */
export const readFirewall: Reader = (firewall, inventory): Fact[] => {
  const rules = [
    ...asList(firewall.attributes.inbound_rule).map((rule) => readRule("ingress", rule as Json, inventory)),
    ...asList(firewall.attributes.outbound_rule).map((rule) => readRule("egress", rule as Json, inventory)),
  ];
  const spec: DigitalOceanFirewallSpec = {
    exposure: rules.some((rule) => rule.direction === "ingress" && isWorld(rule.peer)) ? "public" : "private",
    rules,
    tags: asList(firewall.attributes.tags)
      .filter((tag) => inventory.referred(tag) === undefined)
      .map(String),
  };
  return [{ kind: "firewall", address: firewall.address, path: firewall.path, spec }];
};

type Json = Readonly<Record<string, unknown>>;

function readRule(direction: "ingress" | "egress", rule: Json, inventory: Inventory): FirewallRuleSpec {
  const comment = block(rule["//"]);
  const [fromPort, toPort] = String(rule.port_range).split("-").map(Number) as [number, number?];
  return {
    name: String(comment.name ?? ""),
    direction,
    protocol: rule.protocol as "tcp" | "udp",
    fromPort,
    toPort: toPort ?? fromPort,
    peer: readPeer(rule, direction === "ingress" ? "source" : "destination", inventory),
    description: String(comment.description ?? ""),
  };
}

function readPeer(rule: Json, end: "source" | "destination", inventory: Inventory): PeerSpec {
  const [named] = [...asList(rule[`${end}_tags`]), ...asList(rule[`${end}_load_balancer_uids`])];
  const peer = inventory.referred(named);
  if (peer !== undefined) return { firewall: peer.path.replace(/\/(Resource|Tag)$/, "") };
  const [address] = asList(rule[`${end}_addresses`]);
  return address === "0.0.0.0/0" ? "internet" : { cidr: String(address ?? named) };
}
