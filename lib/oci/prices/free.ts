const PERMISSIONS = "identities and permissions are not charged";
const NETWORK = "networks, routes and firewalls are not charged";
const PART = "a setting or part of something that is charged by itself";
const SCALING = "scaling is not charged; what it adds is counted at what it scales";

/**
 * Types that cost nothing by themselves, with the reason: they have no part in OCI's price list of 2024-01-19 (source of the price book), or
 * are listed as always free at https://github.com/oracle/free, read 2026-11-21.
 */
export const FREE: Readonly<Record<string, string>> = {
  ...each(PERMISSIONS, [
    "oci_identity_compartment",
    "oci_identity_domains_identity_propagation_trust",
    "oci_identity_dynamic_group",
    "oci_identity_policy",
  ]),
  ...each("tags are not charged", ["oci_identity_tag", "oci_identity_tag_default", "oci_identity_tag_namespace"]),
  ...each("budgets and what watches costs only tell people", [
    "oci_budget_alert_rule",
    "oci_budget_budget",
    "oci_budget_cost_anomaly_monitor",
  ]),
  ...each(NETWORK, [
    "oci_core_default_route_table",
    "oci_core_default_security_list",
    "oci_core_drg",
    "oci_core_drg_attachment",
    "oci_core_internet_gateway",
    "oci_core_network_security_group",
    "oci_core_network_security_group_security_rule",
    "oci_core_route_table",
    "oci_core_route_table_attachment",
    "oci_core_security_list",
    "oci_core_service_gateway",
    "oci_core_subnet",
    "oci_core_vcn",
  ]),
  ...each(PART, [
    "oci_core_instance_configuration",
    "oci_core_volume_attachment",
    "oci_core_volume_backup_policy",
    "oci_core_volume_group",
    "oci_dns_rrset",
    "oci_load_balancer_backend",
    "oci_load_balancer_backend_set",
    "oci_load_balancer_certificate",
    "oci_load_balancer_hostname",
    "oci_load_balancer_listener",
    "oci_load_balancer_load_balancer_routing_policy",
    "oci_load_balancer_path_route_set",
    "oci_load_balancer_rule_set",
    "oci_load_balancer_ssl_cipher_suite",
    "oci_logging_log_group",
    "oci_network_load_balancer_backend",
    "oci_network_load_balancer_backend_set",
    "oci_network_load_balancer_listener",
    "oci_objectstorage_object_lifecycle_policy",
    "oci_objectstorage_replication_policy",
    "oci_ons_notification_topic",
    "oci_psql_configuration",
    "oci_waf_web_app_firewall_policy",
  ]),
  ...each(SCALING, ["oci_autoscaling_auto_scaling_configuration"]),
  ...each("network load balancers are always free", ["oci_network_load_balancer_network_load_balancer"]),
  ...each("5 bastions of a tenancy are always free", ["oci_bastion_bastion"]),
  ...each("5 private authorities and 150 certificates of a tenancy are always free", [
    "oci_certificates_management_certificate",
    "oci_certificates_management_certificate_authority",
  ]),
  ...each("alarms and metrics of OCI's own services are not charged; data points of one's own are, see what is not covered", [
    "oci_monitoring_alarm",
  ]),
  ...each("secrets have no part in the price list; a tenancy has a limit of them", ["oci_vault_secret"]),
};

function each(reason: string, types: readonly string[]): Record<string, string> {
  return Object.fromEntries(types.map((type) => [type, reason]));
}
