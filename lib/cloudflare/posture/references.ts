import type { References } from "../../policy/rule";

/**
 * Where a scanner of live accounts asks for the same, by rule. Neither Checkov nor Trivy has a check of Cloudflare, and nobody has a benchmark.
 * Source: prowler/providers/cloudflare/services of prowler-cloud/prowler, read 2026-11-21.
 */
export const REFERENCES: Readonly<Record<string, References>> = {
  "listener-encrypted": { prowler: ["zone_https_redirect_enabled"] },
  "listener-modern-tls": { prowler: ["zone_min_tls_version_secure"] },
  "record-proxied": { prowler: ["dns_record_proxied"] },
  "web-firewall-known-attacks": { prowler: ["zone_waf_enabled"] },
  "web-firewall-rate-limited": { prowler: ["zone_rate_limiting_enabled"] },
  "zone-authorities-named": { prowler: ["zone_record_caa_exists"] },
  "zone-development-mode-off": { prowler: ["zone_development_mode_disabled"] },
  "zone-hsts": { prowler: ["zone_hsts_enabled"] },
  "zone-owasp-rules": { prowler: ["zone_waf_owasp_ruleset_enabled"] },
  "zone-signed": { prowler: ["zone_dnssec_enabled"] },
  "zone-target-verified": { prowler: ["zone_ssl_strict"] },
  "zone-tls-1-3": { prowler: ["zone_tls_1_3_enabled"] },
};
