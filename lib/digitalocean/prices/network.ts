import { monthly, unknown, unpriced } from "../../cost/charges";
import { numberOf, textOf } from "../../cost/literal";
import type { PriceRule } from "../../cost/rule";
import { EGRESS, price } from "./charges";

/** Nodes of the older sizes. Source: docs.digitalocean.com/products/networking/load-balancers/details/pricing/, read 2026-11-21. */
const NODES: Readonly<Record<string, number>> = { "lb-small": 1, "lb-medium": 3, "lb-large": 6 };

/** A load balancer by its nodes: one that reads HTTP in a region, or one that only passes packets on, or is global. */
export const priceLoadBalancer: PriceRule = ({ attributes }) => {
  const legacy = textOf(attributes.size);
  const nodes = attributes.size === undefined ? (numberOf(attributes.size_unit) ?? 1) : legacy === undefined ? "unknown" : NODES[legacy];
  const type = textOf(attributes.type ?? "REGIONAL");
  if (typeof nodes !== "number" || type === undefined) return [unknown("size or type is not a literal", "load balancer"), EGRESS];
  const sku = type.toUpperCase() === "REGIONAL" ? "regional-http" : "regional-network-or-global";
  const of = nodes === 1 ? "1 node" : `${nodes} nodes`;
  return [monthly("load balancer", price("Load Balancer", sku, "node-month"), nodes, of), EGRESS];
};

export const priceNatGateway: PriceRule = () => [unpriced("NAT gateways are not in the book", "NAT gateway"), EGRESS];

export const priceUptimeCheck: PriceRule = () => [monthly("uptime check", price("Uptime", "check", "check-month"), 1, "1 check")];
