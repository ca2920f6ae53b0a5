import { isTrue, numberOf } from "../../cost/literal";
import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import type { MechanismUse } from "../../recovery/mechanisms";
import type { StatefulReader } from "../../recovery/stateful";
import { regionOf } from "../prices/region";
import { clusterAlternatives, databaseAlternatives } from "./alternatives";
import { backupUses } from "./backups";
import { AWS_MECHANISMS } from "./mechanisms";

/** A database instance; its replicas are copies of it. */
export const readDatabase: StatefulReader = (database, inventory) => {
  const { address, path, attributes } = database;
  const source = attributes.replicate_source_db;
  if (source !== undefined) {
    const of = inventory.referred(source)?.address ?? String(source);
    return { address, path, why: `a copy of ${of}, which is judged where it is managed` };
  }
  const retention = numberOf(attributes.backup_retention_period) ?? 0;
  const replicas = inventory.referring("aws_db_instance", "replicate_source_db", database);
  const standby = isTrue(attributes.multi_az);
  const pointInTime = retention !== "unknown" && retention > 0;
  return {
    address,
    path,
    what: "database",
    mechanisms: [
      ...(standby ? [AWS_MECHANISMS.use("databaseStandby")] : []),
      ...(pointInTime ? [AWS_MECHANISMS.use("databasePointInTime", { detail: `${retention} days` })] : []),
      ...backupUses(database, inventory),
      ...backupsElsewhere(database, inventory),
      ...(replicas.some((replica) => isElsewhere(replica, database, inventory)) ? [AWS_MECHANISMS.use("databaseReplicaElsewhere")] : []),
    ],
    alternatives: () => databaseAlternatives(database, inventory),
    notes: replicas.length === 0 ? [] : ["a read replica is no backup: what is deleted is deleted there too"],
  };
};

function backupsElsewhere(database: ResourceView, inventory: Inventory): readonly MechanismUse[] {
  return inventory
    .referring("aws_db_instance_automated_backups_replication", "source_db_instance_arn", database)
    .filter((replication) => isElsewhere(replication, database, inventory))
    .map(() => AWS_MECHANISMS.use("databaseBackupsElsewhere"));
}

/** Whether a resource is surely in another region. */
function isElsewhere(resource: ResourceView, than: ResourceView, inventory: Inventory): boolean {
  const [there, here] = [regionOf(resource, inventory), regionOf(than, inventory)];
  return there !== undefined && here !== undefined && there !== here;
}

/** A cluster of Aurora, or a cluster of RDS with two readable standbys. */
export const readDatabaseCluster: StatefulReader = (cluster, inventory) => {
  const { address, path, attributes } = cluster;
  const found = { address, path, what: "database cluster", alternatives: clusterAlternatives };
  if (!String(attributes.engine).startsWith("aurora")) {
    const pointInTime = AWS_MECHANISMS.use("databasePointInTime", { detail: "always on" });
    return { ...found, mechanisms: [AWS_MECHANISMS.use("databaseStandbys"), pointInTime, ...backupUses(cluster, inventory)] };
  }
  const members = inventory.referring("aws_rds_cluster_instance", "cluster_identifier", cluster);
  const mechanisms = [
    AWS_MECHANISMS.use(members.length > 1 ? "auroraReplica" : "auroraStorage"),
    AWS_MECHANISMS.use("auroraPointInTime"),
    ...backupUses(cluster, inventory),
    ...(isGlobal(cluster, inventory) ? [AWS_MECHANISMS.use("auroraGlobal")] : []),
  ];
  return { ...found, mechanisms };
};

/** Whether a cluster of the same global database is in another region. */
function isGlobal(cluster: ResourceView, inventory: Inventory): boolean {
  const global = inventory.referred(cluster.attributes.global_cluster_identifier);
  if (global === undefined) return false;
  return inventory
    .referring("aws_rds_cluster", "global_cluster_identifier", global)
    .some((other) => isElsewhere(other, cluster, inventory));
}

/** A serverless cluster, alone or linked with one in another region. */
export const readDistributedDatabase: StatefulReader = (cluster, inventory) => {
  const { address, path, attributes } = cluster;
  const properties = block(attributes.multi_region_properties);
  const peerings = inventory.referring("aws_dsql_cluster_peering", "identifier", cluster);
  const linked = properties.witness_region !== undefined && (asList(properties.clusters).length > 0 || peerings.length > 0);
  const mechanisms = [
    AWS_MECHANISMS.use("dsqlZones"),
    ...backupUses(cluster, inventory),
    ...(linked ? [AWS_MECHANISMS.use("dsqlRegions")] : []),
  ];
  const alternatives = () => [{ use: AWS_MECHANISMS.use("dsqlRegions") }];
  return { address, path, what: "database", mechanisms, alternatives };
};
