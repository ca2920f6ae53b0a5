import type { StatefulTypes } from "../change/stateful";

/**
 * What holds data at OCI, and the attributes whose change makes the provider destroy it and create it anew: those with `ForceNew` in the
 * source of provider 8.28.0 (internal/service/<service>/<type>_resource.go), read 2026-11-21; with a dot where only a part of a block
 * forces it. Attributes whose value may be a secret are not in it.
 */
export const ociStateful: StatefulTypes = {
  oci_artifacts_container_repository: { properties: ["display_name"] },
  oci_certificates_management_certificate_authority: { properties: ["kms_key_id", "name"], alsoWhenRemoved: ["kms_key_id"] },
  oci_core_boot_volume_backup: {
    properties: ["boot_volume_id", "source_details", "type"],
    alsoWhenRemoved: ["boot_volume_id", "source_details"],
  },
  oci_core_instance: {
    properties: [
      "availability_domain",
      "compute_cluster_id",
      "create_vnic_details.private_ip",
      "create_vnic_details.subnet_id",
      "hostname_label",
      "image",
      "instance_configuration_id",
      "is_pv_encryption_in_transit_enabled",
      "launch_options.firmware",
      "launch_options.is_consistent_volume_naming_enabled",
      "launch_options.remote_data_volume_type",
      "metadata.ssh_authorized_keys",
      "placement_constraint_details",
      "preemptible_instance_config",
      "source_details.boot_volume_vpus_per_gb",
      "subnet_id",
    ],
    alsoWhenRemoved: ["metadata.ssh_authorized_keys"],
  },
  oci_core_volume: {
    properties: ["availability_domain", "backup_policy_id", "size_in_mbs", "source_details", "volume_backup_id", "xrc_kms_key_id"],
  },
  oci_core_volume_group: {
    properties: ["availability_domain", "backup_policy_id", "cluster_placement_group_id", "source_details", "xrc_kms_key_id"],
  },
  oci_dns_zone: { properties: ["name", "scope", "view_id", "zone_type"], alsoWhenRemoved: ["view_id"] },
  oci_kms_key: { properties: ["external_key_reference", "key_shape", "management_endpoint", "protection_mode"] },
  oci_kms_vault: { properties: ["vault_type"] },
  oci_logging_log: { properties: ["configuration", "log_type"] },
  oci_logging_log_group: { properties: [] },
  oci_objectstorage_bucket: { properties: ["name", "namespace", "storage_tier"] },
  oci_psql_backup: {
    properties: ["db_system_id", "source_backup_details.source_backup_id", "source_backup_details.source_region"],
    alsoWhenRemoved: ["db_system_id"],
  },
  oci_psql_db_system: {
    properties: [
      "credentials.username",
      "db_version",
      "instances_details",
      "network_details.primary_db_endpoint_private_ip",
      "network_details.subnet_id",
      "source.db_system_id",
      "source.time_to_restore",
      "storage_details.availability_domain",
      "storage_details.is_regionally_durable",
      "storage_details.system_type",
      "system_type",
    ],
    alsoWhenRemoved: ["storage_details.availability_domain"],
  },
  oci_vault_secret: { properties: ["key_id", "secret_name", "vault_id"] },
};
