import type { FixedCharge, GapCharge, MeterPrice, UsageCharge } from "../../cost/rule";
import { unknown, unpriced, used } from "../../cost/charges";

/** The price list of OCI has one price for all regions. */
export function meter(service: string, sku: string, unit: string): MeterPrice {
  return { service, sku, unit, region: "global" };
}

/** What OCI gives to every tenancy at no charge each month. Sources: rows of the price book, "Always Free allowance" and the first tiers of the price list. */
export const ALLOWANCES = {
  "A1 OCPU hours": { quantity: 1500, scope: "account", source: "Always Free Resources since 2026-06-15, read 2026-08-14" },
  "A1 GB hours": { quantity: 9000, scope: "account", source: "Always Free Resources since 2026-06-15, read 2026-08-14" },
  "block volume GB": { quantity: 200, scope: "account", source: "Always Free Resources, read 2026-08-14" },
  "egress GB": { quantity: 10_240, scope: "account", source: "OCI price list 2024-01-19, first tier" },
  emails: { quantity: 1, scope: "account", source: "OCI price list 2024-01-19, first 1,000" },
  "https deliveries": { quantity: 1, scope: "account", source: "OCI price list 2024-01-19, first million" },
  "key versions": { quantity: 20, scope: "account", source: "OCI price list 2024-01-19, first tier" },
  "load balancer hours": { quantity: 744, scope: "account", source: "OCI price list 2024-01-19, first tier" },
  "load balancer Mbps hours": { quantity: 7440, scope: "account", source: "OCI price list 2024-01-19, first tier" },
  "log GB": { quantity: 10, scope: "account", source: "OCI price list 2024-01-19, first tier" },
  "object GB": { quantity: 10, scope: "account", source: "OCI price list 2024-01-19, first tier" },
  "object requests": { quantity: 5, scope: "account", source: "OCI price list 2024-01-19, first 50,000" },
  "web firewalls": { quantity: 1, scope: "account", source: "OCI price list 2024-01-19, first tier" },
  "web firewall requests": { quantity: 10, scope: "account", source: "OCI price list 2024-01-19, first 10 million" },
} as const;

export type AllowanceName = keyof typeof ALLOWANCES;

/** The same charge, which counts towards an allowance of the tenancy. */
export function towards<C extends FixedCharge | UsageCharge>(allowance: AllowanceName, charge: C): C {
  return { ...charge, allowance };
}

/** Price zones of what goes out to the internet, by the start of a region's name. Others have no sourced price. */
const EGRESS_ZONES = [
  { regions: /^(us|ca|eu|uk)-/, sku: "outbound-na-eu-uk:over-10240" },
  { regions: /^(ap|sa)-/, sku: "outbound-apac-japan-sa:over-10240" },
  { regions: /^(me|af|il)-/, sku: "outbound-mea:over-10240" },
] as const;

/** What goes out to the internet. */
export function egress(region: string | undefined): UsageCharge | GapCharge {
  const what = "data to the internet";
  if (region === undefined) return unknown("the region is known only when Terraform runs: write it as a literal", what);
  const zone = EGRESS_ZONES.find(({ regions }) => regions.test(region));
  if (zone === undefined) return unpriced(`data out of ${region} is not in the book`, what);
  return towards("egress GB", used(what, meter("Networking", zone.sku, "GB"), "egressGB"));
}
