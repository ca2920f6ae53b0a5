import { numberOf, textOf } from "../../cost/literal";
import type { Inventory, ResourceView } from "../../facts/inventory";
import type { MechanismUse } from "../../recovery/mechanisms";
import type { StatefulReader } from "../../recovery/stateful";
import { BACKUP_DAYS } from "../posture/databases";
import { regionOf } from "../prices/region";
import { databaseAlternatives } from "./alternatives";
import { DIGITALOCEAN_MECHANISMS } from "./mechanisms";

/** Engines by what their clusters can be brought back to. Source: https://docs.digitalocean.com/products/databases/, read 2026-11-21. */
const BACKED_UP: Readonly<Record<string, "databasePointInTime" | "databaseBackup">> = {
  pg: "databasePointInTime",
  mysql: "databasePointInTime",
  mongodb: "databaseBackup",
};

/** A cluster: its backups are always on; standby nodes and read-only nodes are chosen. */
export const readDatabaseCluster: StatefulReader = (cluster, inventory) => {
  const { address, path, attributes } = cluster;
  const replicas = inventory.referring("digitalocean_database_replica", "cluster_id", cluster);
  const backup = BACKED_UP[textOf(attributes.engine) ?? ""];
  const restored = backup === undefined ? [] : [DIGITALOCEAN_MECHANISMS.use(backup, { detail: `${BACKUP_DAYS} days` })];
  return {
    address,
    path,
    what: "database",
    mechanisms: [...nodeUses(attributes.node_count, backup !== undefined), ...restored, ...replicaUses(cluster, replicas, inventory)],
    alternatives: () => databaseAlternatives(cluster, inventory),
    notes: replicas.length === 0 ? [] : ["a read-only node is no backup: what is deleted is deleted there too"],
  };
};

function nodeUses(count: unknown, backedUp: boolean): readonly MechanismUse[] {
  const nodes = numberOf(count);
  const standbys = typeof nodes === "number" ? nodes - 1 : 0;
  if (standbys > 0) return [DIGITALOCEAN_MECHANISMS.use("databaseStandby", { detail: standbys === 1 ? "1 node" : `${standbys} nodes` })];
  return backedUp ? [DIGITALOCEAN_MECHANISMS.use("databaseNodeReplaced")] : [];
}

function replicaUses(cluster: ResourceView, replicas: readonly ResourceView[], inventory: Inventory): readonly MechanismUse[] {
  const home = regionOf(cluster, inventory);
  const regions = replicas.map((replica) => textOf(replica.attributes.region)).filter((region) => region !== undefined && region !== home);
  if (home === undefined) return [];
  return [...new Set(regions)].map((region) => DIGITALOCEAN_MECHANISMS.use("databaseReplicaElsewhere", { detail: String(region) }));
}

/** A read-only node. */
export const readDatabaseReplica: StatefulReader = ({ address, path, attributes }, inventory) => {
  const of = inventory.referred(attributes.cluster_id)?.address ?? String(attributes.cluster_id);
  return { address, path, why: `a copy of ${of}, which is judged where it is managed` };
};
