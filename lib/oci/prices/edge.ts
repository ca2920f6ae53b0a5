import { hourly, HOURS, monthly, times, unknown, unpriced, used } from "../../cost/charges";
import { isTrue, numberOf, textOf } from "../../cost/literal";
import type { Charge, PriceRule } from "../../cost/rule";
import type { Range } from "../../cost/usage";
import { block } from "../../facts/inventory";
import { egress, meter, towards } from "./meters";

const BANDWIDTH = "bandwidth of the load balancer";

/** A load balancer: hours, and the bandwidth that is kept ready at least and may be used at most. */
export const priceBalancer: PriceRule = ({ attributes }, _inventory, { region }) => {
  const base = towards(
    "load balancer hours",
    hourly("load balancer", meter("Flexible Load Balancer", "base:over-744", "LB-hour"), 1, "1 balancer"),
  );
  return [
    base,
    bandwidthCharge(attributes.shape, block(attributes.shape_details)),
    ...(isTrue(attributes.is_private) ? [] : [egress(region)]),
  ];
};

function bandwidthCharge(shape: unknown, details: Readonly<Record<string, unknown>>): Charge {
  const mbps = bandwidthOf(shape, details);
  if (mbps === undefined) return unknown("shape or its bandwidth is no literal", BANDWIDTH);
  const quantity = times(mbps, HOURS);
  const basis = `${mbps.low === mbps.high ? mbps.low : `${mbps.low} to ${mbps.high}`} Mbps x ${HOURS} h`;
  const price = meter("Flexible Load Balancer", "bandwidth:over-7440", "Mbps-hour");
  return towards("load balancer Mbps hours", { kind: "fixed", meter: BANDWIDTH, price, quantity, basis });
}

/** Flexible shapes say the least and the most; fixed ones have their bandwidth in the name, such as `100Mbps`. */
function bandwidthOf(shape: unknown, details: Readonly<Record<string, unknown>>): Range | undefined {
  const name = textOf(shape);
  const fixed = /^(\d+)Mbps/i.exec(name ?? "")?.[1];
  const [least, most] = [fixed ?? details.minimum_bandwidth_in_mbps, fixed ?? details.maximum_bandwidth_in_mbps].map(numberOf);
  if (name === undefined || typeof least !== "number" || typeof most !== "number") return undefined;
  return { low: least, expected: least, high: most };
}

/** Translates addresses. Sources disagree on whether OCI charges for it, and the price list has no part for it. */
export const priceNatGateway: PriceRule = (_gateway, _inventory, { region }) => [
  unpriced("NAT gateways are not in the book: no sourced price says what they cost", "NAT gateway"),
  egress(region),
];

/** One that is kept, whether or not something uses it. */
export const priceAddress: PriceRule = () => [unpriced("reserved public addresses are not in the book", "public IPv4 address")];

export const priceWebFirewall: PriceRule = () => [
  towards("web firewalls", monthly("web firewall", meter("WAF", "instance:over-1", "instance-month"), 1, "1 firewall")),
  towards(
    "web firewall requests",
    used("requests through the web firewall", meter("WAF", "requests:over-10", "million requests"), "webRequestMillions"),
  ),
];

/** A public zone is charged by look-ups. */
export const priceZone: PriceRule = ({ attributes }) =>
  attributes.scope === "PRIVATE"
    ? [unpriced("private zones are not in the book", "private DNS zone")]
    : [used("DNS look-ups", meter("DNS", "queries", "million queries"), "dnsQueryMillions")];

/** What a log keeps. */
export const priceLog: PriceRule = () => [
  towards("log GB", used("logs kept", meter("Logging", "storage:over-10", "GB-month"), "logStoredGB")),
];

const HTTPS = ["CUSTOM_HTTPS", "HTTPS", "PAGERDUTY", "SLACK"];

/** Messages by what takes them; e-mails are counted in thousands. */
export const priceSubscription: PriceRule = ({ attributes }) => {
  const protocol = textOf(attributes.protocol);
  const emails = meter("Notifications", "email:over-1", "1,000 emails");
  const deliveries = meter("Notifications", "https-delivery:over-1", "million deliveries");
  if (protocol === "EMAIL") return [towards("emails", used("e-mails", emails, "emailHundredThousands", 100))];
  if (protocol !== undefined && HTTPS.includes(protocol))
    return [towards("https deliveries", used("deliveries", deliveries, "messageMillions"))];
  return [unpriced(`deliveries by ${protocol ?? "a protocol that is no literal"} are not in the book`, "deliveries")];
};
