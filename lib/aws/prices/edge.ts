import { asList, block } from "../../facts/inventory";
import { isExpression, isTrue, numberOf, textOf } from "../../cost/literal";
import type { Charge, PriceRule } from "../../cost/rule";
import { EGRESS, free, hourly, lengthOf, monthly, publicAddresses, unknown, unpriced, used } from "./charges";

type Attributes = Readonly<Record<string, unknown>>;

export const priceNatGateway: PriceRule = ({ attributes }) => [
  hourly("NAT gateway", { service: "NAT gateway", sku: "hour", unit: "hour" }, 1, "1 gateway"),
  used("data through the NAT gateway", { service: "NAT gateway", sku: "data", unit: "GB" }, "natGB"),
  ...(attributes.connectivity_type === "private" ? [] : [EGRESS]),
];

/** Charged in every zone that it stands in. */
export const priceEndpoint: PriceRule = ({ attributes }) => {
  const type = textOf(attributes.vpc_endpoint_type ?? "Gateway");
  if (type === "Gateway") return [free("gateway endpoints are not charged")];
  if (type !== "Interface") return [unpriced(`${type ?? "an endpoint type that is no literal"} is not in the book`)];
  const zones = lengthOf(attributes.subnet_ids);
  if (zones === "unknown" || zones === 0) return [unknown("the zones are not known: subnet_ids is no list of this stack")];
  return [
    hourly("endpoint", { service: "VPC endpoint", sku: "interface-hour-per-az", unit: "hour" }, zones, `${zones} zones`),
    used("data through the endpoint", { service: "VPC endpoint", sku: "interface-data-first-1PB", unit: "GB" }, "endpointGB"),
  ];
};

const BALANCERS = {
  application: { service: "ALB", capacity: "lcu", unit: "LCU-hour" },
  network: { service: "NLB", capacity: "nlcu", unit: "NLCU-hour" },
} as const;

/** A load balancer: hours, capacity units by use, and one public address in every subnet. */
export const priceBalancer: PriceRule = ({ attributes }) => {
  const type = textOf(attributes.load_balancer_type ?? "application");
  const kind = type === "application" || type === "network" ? BALANCERS[type] : undefined;
  if (kind === undefined) return [unpriced(`load balancers of type ${type ?? "unknown"} are not in the book`)];
  const capacity = { service: kind.service, sku: kind.capacity, unit: kind.unit };
  return [
    hourly("load balancer", { service: kind.service, sku: "hour", unit: "hour" }, 1, "1 balancer"),
    used("capacity of the load balancer", capacity, "balancerUnits", 730),
    ...balancerAddresses(attributes),
  ];
};

function balancerAddresses(attributes: Attributes): Charge[] {
  if (isTrue(attributes.internal)) return [];
  if (isExpression(attributes.internal)) return [unknown("internal is not a literal", "public IPv4 address")];
  if (attributes.ip_address_type === "dualstack-without-public-ipv4") return [EGRESS];
  const subnets = lengthOf(attributes.subnets);
  const mappings = (asList(attributes.subnet_mapping) as Attributes[]).filter((mapping) => mapping.allocation_id === undefined);
  const own = lengthOf(attributes.subnet_mapping) !== 0 ? mappings.length : subnets;
  if (own === "unknown") return [unknown("subnets is not a list of this stack", "public IPv4 address")];
  return own === 0 ? [EGRESS] : [publicAddresses(own, `${own} subnets x 1 address`), EGRESS];
}

/** Rule groups that cost more than a rule. Source: AWS Prescriptive Guidance, "Optimizing costs for your bot control strategy", read 2026-11-21. */
const PAID_GROUPS = /BotControl|ATPRuleSet|ACFPRuleSet|AntiDDoS/;

/** A web firewall: itself, each rule or rule group in it, and what it looks at. */
export const priceWebFirewall: PriceRule = ({ attributes }) => {
  const region = attributes.scope === "CLOUDFRONT" ? { region: "global" } : {};
  const rules = lengthOf(attributes.rule);
  if (rules === "unknown" || attributes.rule_json !== undefined) return [unknown("the rules are not a list of this stack")];
  const paid = PAID_GROUPS.test(JSON.stringify(attributes.rule ?? []));
  return [
    monthly("web firewall", { service: "WAF", sku: "web-acl", unit: "ACL-month", ...region }, 1, "1 web ACL"),
    monthly("web firewall rules", { service: "WAF", sku: "rule", unit: "rule-month", ...region }, rules, `${rules} rules`),
    used(
      "requests through the web firewall",
      { service: "WAF", sku: "requests", unit: "million requests", ...region },
      "webRequestMillions",
    ),
    ...(paid ? [unpriced("a rule group with a price of its own is not in the book", "paid rule groups")] : []),
  ];
};

export const priceZone: PriceRule = () => [
  monthly("DNS zone", { service: "Route 53", sku: "hosted-zone-first-25", unit: "zone-month", region: "global" }, 1, "1 zone"),
  used(
    "DNS look-ups",
    { service: "Route 53", sku: "standard-queries-first-1B", unit: "million queries", region: "global" },
    "dnsQueryMillions",
  ),
];

/** Whether the endpoint is at AWS cannot be seen, so the dearer price counts. */
export const priceHealthCheck: PriceRule = ({ attributes }) => {
  const calculated = ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"].includes(String(attributes.type));
  const sku = calculated ? "health-check-aws-endpoint" : "health-check-non-aws-endpoint";
  const options = [
    isTrue(attributes.measure_latency),
    attributes.search_string !== undefined,
    String(attributes.type).startsWith("HTTPS"),
    numberOf(attributes.request_interval) === 10,
  ].filter(Boolean).length;
  return [
    monthly("health check", { service: "Route 53", sku, unit: "check-month", region: "global" }, 1, "1 check"),
    ...(options > 0 ? [unpriced("options of a check outside of AWS are not in the book", "health check options")] : []),
  ];
};

/** Public certificates are free; private ones belong to an authority that is not. */
export const priceCertificate: PriceRule = ({ attributes }) =>
  attributes.certificate_authority_arn === undefined
    ? [free("public certificates are not charged")]
    : [unpriced("certificates of a private authority are not in the book")];

/** A message to a web address is charged apart; e-mails and AWS services are not or nearly not. */
export const priceSubscription: PriceRule = ({ attributes }) => {
  const protocol = textOf(attributes.protocol);
  const emails = { service: "SNS", sku: "email-over-1k", unit: "100k notifications" };
  if (protocol === "email" || protocol === "email-json") return [used("e-mails", emails, "emailHundredThousands")];
  if (["lambda", "sqs", "firehose"].includes(String(protocol))) return [free("deliveries to AWS services are charged there")];
  return [unpriced(`deliveries by ${protocol ?? "a protocol that is no literal"} are not in the book`, "deliveries")];
};

export const priceBudgetAction: PriceRule = ({ attributes }) => {
  const price = { service: "AWS Budgets", sku: "action-enabled-budget-from-third", unit: "budget-day", region: "global" };
  const basis = `the first two of an account are free (${String(block(attributes.action_threshold).action_threshold_value ?? "any")} %)`;
  return [monthly("budget action", price, { low: 0, expected: 0, high: 31 }, basis)];
};
