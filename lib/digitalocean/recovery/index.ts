import { notJudged, unprotected, type ProviderRecovery } from "../../recovery/stateful";
import { readDatabaseCluster, readDatabaseReplica } from "./databases";
import { readDroplet, readVolume } from "./droplets";
import { readApp, readBucket } from "./stores";

/** What at DigitalOcean holds data, and how it survives. Types that are not here hold none. */
export const digitalOceanRecovery: ProviderRecovery = {
  digitalocean_app: readApp,
  digitalocean_database_cluster: readDatabaseCluster,
  digitalocean_database_replica: readDatabaseReplica,
  digitalocean_droplet: readDroplet,
  digitalocean_kubernetes_cluster: unprotected("Kubernetes cluster"),
  digitalocean_nfs: unprotected("file system"),
  digitalocean_spaces_bucket: readBucket,
  digitalocean_volume: readVolume,

  digitalocean_container_registries: notJudged("images are built again from their source"),
  digitalocean_container_registry: notJudged("images are built again from their source"),
  digitalocean_custom_image: notJudged("fetched again from its address"),
  digitalocean_droplet_autoscale: notJudged("its droplets are made again from their image, as often as the pool shrinks and grows"),
  digitalocean_droplet_snapshot: notJudged("a copy of a droplet, which is judged where it is managed"),
  digitalocean_genai_knowledge_base: notJudged("indexed again from its sources"),
  digitalocean_volume_snapshot: notJudged("a copy of a volume, which is judged where it is managed"),
};
