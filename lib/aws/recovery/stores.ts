import { isTrue, textOf } from "../../cost/literal";
import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import type { MechanismUse } from "../../recovery/mechanisms";
import type { StatefulReader } from "../../recovery/stateful";
import { regionOf } from "../prices/region";
import { backupAlternatives } from "./alternatives";
import { backupUses } from "./backups";
import { AWS_MECHANISMS } from "./mechanisms";

type Attributes = ResourceView["attributes"];

/** A bucket; one that only takes logs is evidence, and not what a service runs on. */
export const readBucket: StatefulReader = (bucket, inventory) => {
  const { address, path } = bucket;
  const takesLogs = ["access_logs.bucket", "connection_logs.bucket"].some(
    (attribute) => inventory.referring("aws_lb", attribute, bucket).length > 0,
  );
  if (takesLogs) return { address, path, why: "takes the logs of a load balancer" };
  const versions = inventory.referring("aws_s3_bucket_versioning", "bucket", bucket);
  const versioned = versions.some(({ attributes }) => block(attributes.versioning_configuration).status === "Enabled");
  const mechanisms = [
    AWS_MECHANISMS.use("objectZones"),
    ...(versioned ? [AWS_MECHANISMS.use("objectVersions")] : []),
    ...backupUses(bucket, inventory),
    ...replicationUses(bucket, inventory),
  ];
  const alternatives = () => [
    { use: AWS_MECHANISMS.use("objectVersions") },
    { use: AWS_MECHANISMS.use("objectReplicationTimed") },
    ...backupAlternatives(),
  ];
  return { address, path, what: "bucket", mechanisms, alternatives };
};

/** Only rules without a filter copy all that is in the bucket. */
function replicationUses(bucket: ResourceView, inventory: Inventory): readonly MechanismUse[] {
  const home = regionOf(bucket, inventory);
  return inventory
    .referring("aws_s3_bucket_replication_configuration", "bucket", bucket)
    .flatMap(({ attributes }) => asList(attributes.rule) as Attributes[])
    .filter((rule) => rule.status === "Enabled" && Object.keys(block(rule.filter)).length === 0 && rule.prefix === undefined)
    .flatMap((rule) => {
      const destination = block(rule.destination);
      const target = inventory.referred(destination.bucket);
      const region = target && regionOf(target, inventory);
      if (region === undefined || home === undefined || region === home) return [];
      const timed = block(destination.replication_time).status === "Enabled";
      return [AWS_MECHANISMS.use(timed ? "objectReplicationTimed" : "objectReplication", { detail: `to ${region}` })];
    });
}

/** A table with its replicas. */
export const readTable: StatefulReader = (table, inventory) => {
  const { address, path, attributes } = table;
  const replicas = (asList(attributes.replica) as Attributes[]).filter(({ region_name: region }) => textOf(region) !== undefined);
  const strong = replicas.some(({ consistency_mode: mode }) => mode === "STRONG");
  const mechanisms = [
    AWS_MECHANISMS.use("tableZones"),
    ...(isTrue(block(attributes.point_in_time_recovery).enabled) ? [AWS_MECHANISMS.use("tablePointInTime")] : []),
    ...(replicas.length > 0 ? [AWS_MECHANISMS.use(strong ? "tableStrong" : "tableReplica")] : []),
    ...backupUses(table, inventory),
  ];
  const alternatives = () => [
    { use: AWS_MECHANISMS.use("tablePointInTime") },
    { use: AWS_MECHANISMS.use("tableReplica") },
    { use: AWS_MECHANISMS.use("tableStrong") },
  ];
  return { address, path, what: "table", mechanisms, alternatives };
};

/** A file system, in several zones unless it was put into one. */
export const readFileSystem: StatefulReader = (files, inventory) => {
  const { address, path, attributes } = files;
  const zones = attributes.availability_zone_name === undefined ? [AWS_MECHANISMS.use("filesZones")] : [];
  const alternatives = () => [{ use: AWS_MECHANISMS.use("filesZones") }, ...backupAlternatives()];
  return { address, path, what: "file system", mechanisms: [...zones, ...backupUses(files, inventory)], alternatives };
};
