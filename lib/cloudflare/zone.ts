import { isToken, type Check } from "../spec/check";
import { isHostName, type HostPlace } from "../spec/host-name";

/** What a zone is paid for: it decides how many rules it may have, and which. */
export type CloudflarePlan = "free" | "pro" | "business" | "enterprise";

export const PLANS = ["free", "pro", "business", "enterprise"] as const satisfies readonly CloudflarePlan[];

/** A zone that other constructs put hosts, rules and balancers in. */
export interface ICloudflareZone {
  readonly accountId: string;
  /** Id of the zone, or a reference to it. */
  readonly zoneId: string;
  /** Name of the zone, such as `acme.dev`; always a literal. */
  readonly zoneName: string;
  readonly plan: CloudflarePlan;
  /** Whether Total TLS gives every proxied host a certificate, however deep. */
  readonly totalTls: boolean;
}

/** Ids as Cloudflare writes them. */
export const CLOUDFLARE_ID = { pattern: /^[0-9a-f]{32}$/, want: "an id of 32 hex digits", tokens: true } as const;

/**
 * Universal SSL covers the zone and one label below it.
 * Source: https://developers.cloudflare.com/ssl/edge-certificates/universal-ssl/limitations/, read 2026-11-21.
 */
export const UNIVERSAL_LABELS = 1;

const DEEPER =
  "use one label such as api-eu instead of api.eu, or set totalTls: true on the zone, which needs Advanced Certificate Manager";

/** How deep hosts may be in a zone. */
export function depthOf(totalTls: boolean | undefined): Omit<HostPlace, "domain"> {
  return { maxLabels: totalTls === true ? Infinity : UNIVERSAL_LABELS, deeper: DEEPER };
}

/** Where hosts of a zone may be. */
export function hostsIn(zone: ICloudflareZone | undefined): HostPlace {
  return { domain: isHostName(zone?.zoneName) ? zone.zoneName : undefined, ...depthOf(zone?.totalTls) };
}

/** Checks the zone that a construct was given as prop `zone`. */
export function checkZone<P extends { readonly zone: ICloudflareZone }>(check: Check<P>, zone: unknown): void {
  const want = "the CloudflareNetwork of a zone of the account, or CloudflareNetwork.fromAttributes";
  if (typeof zone !== "object" || zone === null) {
    check.issue("zone", zone, want);
    return;
  }
  const { accountId, zoneId, zoneName, plan } = zone as Partial<ICloudflareZone>;
  for (const [key, id] of Object.entries({ accountId, zoneId })) {
    const fits = typeof id === "string" && (isToken(id) || CLOUDFLARE_ID.pattern.test(id));
    if (!fits) check.issue(`zone.${key}`, id, CLOUDFLARE_ID.want);
  }
  if (!isHostName(zoneName)) check.issue("zone.zoneName", zoneName, 'the name of the zone in lower case, such as "acme.dev"');
  if (!PLANS.includes(plan as CloudflarePlan)) check.issue("zone.plan", plan, `one of ${PLANS.map((one) => `"${one}"`).join(", ")}`);
}

/** What it takes to know a zone that is managed elsewhere. */
export type CloudflareZoneAttributes = Pick<ICloudflareZone, "accountId" | "zoneId" | "zoneName"> &
  Partial<Pick<ICloudflareZone, "plan" | "totalTls">>;
