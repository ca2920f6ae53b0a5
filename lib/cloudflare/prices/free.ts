const ZONE = "zones, records and their settings are not charged on the Free plan; a plan is a subscription of its own";
const PART = "a setting or part of something that is charged by itself";
const INCLUDED = "included in both Workers plans";
const ALERTS = "notifications are not charged";

/** Types that cost nothing by themselves, with the reason. */
export const FREE: Readonly<Record<string, string>> = {
  ...each(ZONE, ["cloudflare_dns_record", "cloudflare_ruleset", "cloudflare_zone", "cloudflare_zone_dnssec", "cloudflare_zone_setting"]),
  ...each(PART, [
    "cloudflare_load_balancer_monitor",
    "cloudflare_load_balancer_pool",
    "cloudflare_queue_consumer",
    "cloudflare_r2_bucket_cors",
    "cloudflare_r2_bucket_lifecycle",
    "cloudflare_r2_bucket_lock",
    "cloudflare_r2_custom_domain",
    "cloudflare_r2_managed_domain",
    "cloudflare_worker_version",
    "cloudflare_workers_cron_trigger",
    "cloudflare_workers_custom_domain",
    "cloudflare_workers_deployment",
    "cloudflare_workers_kv",
    "cloudflare_workers_route",
    "cloudflare_workers_script_subdomain",
    "cloudflare_zero_trust_access_policy",
    "cloudflare_zero_trust_access_service_token",
    "cloudflare_zero_trust_tunnel_cloudflared_config",
    "cloudflare_zero_trust_tunnel_cloudflared_route",
    "cloudflare_zero_trust_tunnel_cloudflared_virtual_network",
  ]),
  ...each(INCLUDED, ["cloudflare_hyperdrive_config"]),
  ...each(ALERTS, ["cloudflare_notification_policy", "cloudflare_notification_policy_webhooks"]),
};

function each(reason: string, types: readonly string[]): Record<string, string> {
  return Object.fromEntries(types.map((type) => [type, reason]));
}
