import { block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type { HstsSpec, ZoneRecordSpec, ZoneSpec } from "../../spec/zone";

const SECONDS_PER_DAY = 86_400;

/** A zone as its DNSSEC, settings and records say it; what other constructs add to the zone is their own fact. */
export const readZone: Reader = (dnssec, inventory) => {
  const scope = scopeOf(dnssec);
  const setting = settingsIn(inventory, dnssec.attributes.zone_id);
  const records = ofType(inventory, "cloudflare_dns_record").filter((record) => scopeOf(record) === scope);
  const zone = inventory.referred(dnssec.attributes.zone_id);
  const authorities = records.filter(({ attributes }) => attributes.type === "CAA" && block(attributes.data).tag === "issue");
  const [apex] = authorities;
  if (apex === undefined) return [];
  const spec: ZoneSpec = {
    profile: block(dnssec.attributes.lifecycle).prevent_destroy === true ? "production" : "sandbox",
    domain: String(apex.attributes.name),
    created: zone !== undefined && scopeOf(zone) === scope,
    minTlsVersion: setting("min_tls_version") === "1.3" ? "1.3" : "1.2",
    tls13: setting("tls_1_3") === "on" || setting("tls_1_3") === "zrt",
    targetVerified: setting("ssl") === "strict",
    redirectHttp: setting("always_use_https") === "on",
    hsts: hstsOf(setting("security_header")),
    dnssec: dnssec.attributes.status === "active",
    certificateAuthorities: authorities.map(({ attributes }) => String(block(attributes.data).value)).sort(),
    deepCertificates: ofType(inventory, "cloudflare_total_tls").some((one) => scopeOf(one) === scope && one.attributes.enabled === true),
    developmentMode: setting("development_mode") === "on",
    records: Object.fromEntries(
      records
        .filter(({ attributes }) => attributes.type !== "CAA")
        .map(({ attributes }) => [String(attributes.name), recordOf(attributes)]),
    ),
  };
  return [{ kind: "zone", address: (zone ?? dnssec).address, path: (zone ?? dnssec).path, spec }];
};

/** The settings of a zone in the same stack, by name. */
export function settingsIn(inventory: Inventory, zoneId: unknown): (name: string) => unknown {
  const settings = ofType(inventory, "cloudflare_zone_setting").filter(({ attributes }) => attributes.zone_id === zoneId);
  const values = new Map(settings.map(({ attributes }) => [attributes.setting_id, attributes.value]));
  return (name) => values.get(name);
}

/** The resources of each stack by type, so that no reader goes through all of them. */
const BY_TYPE = new WeakMap<Inventory, Map<string, ResourceView[]>>();

/** The resources of one type. */
export function ofType(inventory: Inventory, type: string): readonly ResourceView[] {
  const types = BY_TYPE.get(inventory) ?? new Map<string, ResourceView[]>();
  if (!BY_TYPE.has(inventory)) {
    for (const resource of inventory.resources) {
      const known = types.get(resource.type);
      if (known === undefined) types.set(resource.type, [resource]);
      else known.push(resource);
    }
    BY_TYPE.set(inventory, types);
  }
  return types.get(type) ?? [];
}

/** Path of the construct that a resource is a child of. */
export function scopeOf({ path }: ResourceView): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function hstsOf(value: unknown): HstsSpec | undefined {
  const hsts = block(block(value).strict_transport_security);
  if (hsts.enabled !== true) return undefined;
  return {
    maxAgeDays: Number(hsts.max_age) / SECONDS_PER_DAY,
    includeSubdomains: hsts.include_subdomains === true,
    preload: hsts.preload === true,
  };
}

function recordOf({ type, content, proxied }: ResourceView["attributes"]): ZoneRecordSpec {
  return { type: type as ZoneRecordSpec["type"], target: String(content), proxied: proxied === true };
}
