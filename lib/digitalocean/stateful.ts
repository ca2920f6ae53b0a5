import type { StatefulTypes } from "../change/stateful";

/**
 * What holds data at DigitalOcean, and the attributes whose change makes the provider destroy it and create it anew.
 * Read from `ForceNew` in the source of the Terraform provider 2.71.0 (digitalocean/*\/resource_*.go), 2026-11-21.
 * Droplets are not in it: a droplet is made anew whenever what it is told at its first start changes, and what has to last is on a volume.
 * The tags of a read-only node are in it, because their change replaces it. DigitalOcean deletes the backups of a cluster together with it.
 */
export const digitalOceanStateful: StatefulTypes = {
  digitalocean_container_registries: { properties: ["name", "region"] },
  digitalocean_container_registry: { properties: ["name", "region"] },
  digitalocean_custom_image: { properties: ["url"] },
  digitalocean_database_cluster: { properties: ["engine", "name", "private_network_uuid", "project_id"] },
  digitalocean_database_db: { properties: ["cluster_id", "name"] },
  digitalocean_database_kafka_topic: {
    properties: ["cluster_id", "config", "name", "partition_count", "replication_factor"],
    alsoWhenRemoved: ["partition_count", "replication_factor"],
  },
  digitalocean_database_replica: {
    properties: ["cluster_id", "name", "private_network_uuid", "region", "tags"],
    alsoWhenRemoved: ["region", "tags"],
  },
  digitalocean_domain: { properties: ["ip_address", "name"], alsoWhenRemoved: ["ip_address"] },
  digitalocean_droplet_snapshot: { properties: ["droplet_id", "name"] },
  digitalocean_kubernetes_cluster: {
    properties: ["cluster_subnet", "region", "registry_integration", "service_subnet", "vpc_uuid"],
    alsoWhenRemoved: ["registry_integration"],
  },
  digitalocean_nfs: { properties: ["name", "region", "vpc_id"] },
  digitalocean_nfs_snapshot: { properties: ["name", "region", "share_id"] },
  digitalocean_spaces_bucket: { properties: ["region"], alsoWhenRemoved: ["region"] },
  digitalocean_volume: {
    properties: ["description", "initial_filesystem_label", "initial_filesystem_type", "name", "region", "snapshot_id"],
    alsoWhenRemoved: ["description", "initial_filesystem_label", "initial_filesystem_type", "snapshot_id"],
  },
  digitalocean_volume_snapshot: { properties: ["name", "volume_id"] },
};
