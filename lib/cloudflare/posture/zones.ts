import { isTrue } from "../../cost/literal";
import type { ResourceView } from "../../facts/inventory";
import type { Known, Posture, PostureReader } from "../../facts/posture";
import { asList, block, flag, isExpression, numeric, oneOf, some, word, type Attributes } from "../../facts/values";
import { zoneAnchoredAt, type ZoneParts } from "./zone-parts";

/** The oldest version when nothing is said. Source: https://developers.cloudflare.com/ssl/edge-certificates/additional-options/minimum-tls/, read 2026-11-21. */
const DEFAULT_TLS = "1.0";

const DAY_SECONDS = 24 * 60 * 60;

/** Managed rulesets. Source: https://developers.cloudflare.com/waf/managed-rules/, read 2026-11-21. */
const OWASP = "4814384a9e5d4991b9815dcfc25d2f1f";
const AGAINST_KNOWN_ATTACKS = ["efb7b8c949ac4650a09736fc376e9aee", "77454fe2d30c4220b5701f6fdfb893ba"];

/**
 * A zone with everything of the stack that configures it: the domain, its entry and its web firewall. Of a zone that the stack neither makes nor
 * sets, only what is there is known, and not what is missing.
 */
export const readZone: PostureReader = (resource, inventory) => {
  const parts = zoneAnchoredAt(resource, inventory);
  if (parts === undefined) return [];
  const { address, path } = resource;
  const of = { address, path };
  const set = managed(parts) || parts.dnssec !== undefined;
  return [...(set ? [edgeZone(parts, of), ...listeners(parts, of)] : []), ...webFirewall(parts, of)];
};

interface Of {
  readonly address: string;
  readonly path: string;
}

function edgeZone(parts: ZoneParts, of: Of): Posture {
  return {
    kind: "edge-zone",
    ...of,
    tls13: tls13(parts),
    targetVerified: settingIs(parts, "ssl", ["strict", "origin_pull"]),
    hstsDays: hstsDays(parts),
    signed: parts.dnssec === undefined ? absent(parts) : oneOf(parts.dnssec.attributes.status, ["active"], "disabled"),
    authoritiesNamed: some([...parts.records.map(isCaa), absent(parts)]),
    owaspRules: runs(parts, [OWASP]),
    developmentMode: settingIs(parts, "development_mode", ["on"]),
  };
}

/** A zone listens on ports 443 and 80: what comes by the latter has to be led to the former. */
function listeners(parts: ZoneParts, of: Of): readonly Posture[] {
  const minimumTls = managed(parts) ? numeric(valueOf(parts, "min_tls_version") ?? DEFAULT_TLS, 1) : "unknown";
  return [
    { kind: "listener", ...of, encrypted: true, redirects: false, minimumTls },
    { kind: "listener", ...of, encrypted: false, redirects: settingIs(parts, "always_use_https", ["on"]), minimumTls: "unknown" },
  ];
}

/** What filters requests, as far as the stack decides it. */
function webFirewall(parts: ZoneParts, of: Of): readonly Posture[] {
  if (!managed(parts) && parts.rulesets.length === 0) return [];
  const limits = parts.rulesets
    .filter(({ attributes }) => attributes.phase === "http_ratelimit")
    .flatMap(({ attributes }) => rulesOf(attributes));
  return [
    {
      kind: "web-firewall",
      ...of,
      blocksKnownAttacks: runs(parts, AGAINST_KNOWN_ATTACKS),
      limitsRate: limits.some(isOn) ? true : absent(parts),
      logged: "unknown",
    },
  ];
}

/** Whether the stack makes the zone or sets it, so that what is not said there is not there. */
function managed({ zone, settings }: ZoneParts): boolean {
  return zone !== undefined || settings.size > 0;
}

/** What is missing: not there where the stack has the zone in its hands, and else not known. */
function absent(parts: ZoneParts): Known<boolean> {
  return managed(parts) ? false : "unknown";
}

function valueOf({ settings }: ZoneParts, id: string): unknown {
  return settings.get(id)?.attributes.value;
}

function settingIs(parts: ZoneParts, id: string, values: readonly string[]): Known<boolean> {
  const value = valueOf(parts, id);
  return value === undefined ? absent(parts) : oneOf(value, values, "");
}

/** On when nothing is said, for zones of every plan; `zrt` is on with early data. */
function tls13(parts: ZoneParts): Known<boolean> {
  return parts.settings.has("tls_1_3") ? settingIs(parts, "tls_1_3", ["on", "zrt"]) : "unknown";
}

function hstsDays(parts: ZoneParts): Known<number> {
  const value = valueOf(parts, "security_header");
  if (value === undefined) return managed(parts) ? 0 : "unknown";
  if (isExpression(value)) return "unknown";
  const header = block(block(value).strict_transport_security);
  if (!isTrue(header.enabled) || !isTrue(header.include_subdomains)) return 0;
  const seconds = numeric(header.max_age, 0);
  return seconds === "unknown" ? seconds : seconds / DAY_SECONDS;
}

function isCaa({ attributes }: ResourceView): Known<boolean> {
  const kind = word(attributes.type, "");
  if (kind !== "CAA") return kind === "unknown" ? kind : false;
  return oneOf(block(attributes.data).tag, ["issue", "issuewild"], "issue");
}

function rulesOf({ rules }: Attributes): readonly Attributes[] {
  return asList(rules).map((rule) => block(rule));
}

function isOn({ enabled }: Attributes): boolean {
  return (enabled ?? true) !== false;
}

/** Whether a managed ruleset runs for all requests of the zone; one that runs for a part of them, or is turned down, is not known to. */
function runs(parts: ZoneParts, ids: readonly string[]): Known<boolean> {
  const managedRules = parts.rulesets.filter(({ attributes }) => attributes.phase === "http_request_firewall_managed");
  const rules = managedRules.flatMap(({ attributes }) => rulesOf(attributes)).filter((rule) => isOn(rule) && rule.action === "execute");
  const found = rules.filter((rule) => ids.includes(String(block(rule.action_parameters).id)));
  if (found.length === 0) return rules.some((rule) => isExpression(block(rule.action_parameters).id)) ? "unknown" : absent(parts);
  return some(found.map((rule) => (rule.expression === "true" && block(rule.action_parameters).overrides === undefined) || "unknown"));
}

/** Records that lead clients somewhere; others are not in the way of requests. */
const PROXYABLE = ["A", "AAAA", "CNAME"];

/** A record that leads clients somewhere. */
export const readRecord: PostureReader = ({ address, path, attributes }) => {
  if (!PROXYABLE.includes(String(attributes.type))) return [];
  return [{ kind: "edge-record", address, path, proxied: flag(attributes.proxied, false) }];
};
