const ACCOUNT = "groups, tags and keys are not charged";
const NETWORK = "networks, firewalls, records and certificates are not charged";
const PART = "a setting or part of something that is charged by itself";
const ALERTS = "alerts are not charged";

/** Types that cost nothing by themselves, with the reason. The price book has rows for everything else; these have no meter of their own. */
export const FREE: Readonly<Record<string, string>> = {
  ...each(ACCOUNT, [
    "digitalocean_project",
    "digitalocean_project_resources",
    "digitalocean_spaces_key",
    "digitalocean_ssh_key",
    "digitalocean_tag",
  ]),
  ...each(NETWORK, [
    "digitalocean_certificate",
    "digitalocean_domain",
    "digitalocean_firewall",
    "digitalocean_record",
    "digitalocean_reserved_ipv6",
    "digitalocean_vpc",
  ]),
  ...each(PART, [
    "digitalocean_container_registry_docker_credentials",
    "digitalocean_database_connection_pool",
    "digitalocean_database_db",
    "digitalocean_database_firewall",
    "digitalocean_database_mysql_config",
    "digitalocean_database_postgresql_config",
    "digitalocean_database_user",
    "digitalocean_floating_ip_assignment",
    "digitalocean_reserved_ip_assignment",
    "digitalocean_reserved_ipv6_assignment",
    "digitalocean_spaces_bucket_cors_configuration",
    "digitalocean_spaces_bucket_logging",
    "digitalocean_spaces_bucket_object",
    "digitalocean_spaces_bucket_policy",
    "digitalocean_volume_attachment",
  ]),
  ...each(ALERTS, ["digitalocean_monitor_alert", "digitalocean_uptime_alert"]),
};

function each(reason: string, types: readonly string[]): Record<string, string> {
  return Object.fromEntries(types.map((type) => [type, reason]));
}
