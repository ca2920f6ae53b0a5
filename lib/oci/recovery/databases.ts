import { isTrue, numberOf, textOf } from "../../cost/literal";
import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import { computed, type MechanismUse } from "../../recovery/mechanisms";
import type { Alternative, StatefulReader } from "../../recovery/stateful";
import { regionOf } from "../prices/region";
import { OCI_MECHANISMS } from "./mechanisms";

type Attributes = ResourceView["attributes"];

/** A database system; a standby of another one is a copy. */
export const readPostgres: StatefulReader = (database, inventory) => {
  const { address, path, attributes } = database;
  const primary = block(attributes.source).primary_db_system_id;
  if (primary !== undefined) {
    const of = inventory.referred(primary)?.address ?? String(primary);
    return { address, path, why: `a copy of ${of}, which is judged where it is managed` };
  }
  const policy = block(attributes.management_policy);
  const mechanisms = [...nodeUses(attributes), ...backupUses(policy, regionOf(database, inventory)), ...standbyUses(database, inventory)];
  return { address, path, what: "database", mechanisms, alternatives };
};

/** Storage that spans the region survives the loss of a zone; with more than one node, another one goes on. */
function nodeUses(attributes: Attributes): readonly MechanismUse[] {
  const nodes = numberOf(attributes.instance_count) ?? 1;
  const regional = isTrue(block(attributes.storage_details).is_regionally_durable);
  const scopes = regional ? (["instance", "zone"] as const) : (["instance"] as const);
  const several = typeof nodes === "number" && nodes > 1;
  return [OCI_MECHANISMS.use(several ? "databaseNode" : "databaseStorage", { scopes, ...(several && { detail: `${nodes} nodes` }) })];
}

function backupUses(policy: Attributes, home: string | undefined): readonly MechanismUse[] {
  const backup = block(policy.backup_policy);
  const pointInTime = block(policy.pitr_policy);
  const made = ["DAILY", "WEEKLY", "MONTHLY"].includes(String(backup.kind));
  const regions = (asList(backup.copy_policy) as Attributes[]).flatMap(({ regions: to }) => asList(to));
  const elsewhere = regions.filter((region) => textOf(region) !== undefined && home !== undefined && region !== home);
  const restorable = pointInTime.kind !== undefined && pointInTime.kind !== "NONE";
  return [
    ...(restorable ? [OCI_MECHANISMS.use("databasePointInTime", { detail: `${String(pointInTime.restore_days)} days` })] : []),
    ...(made ? [OCI_MECHANISMS.use("databaseBackup", { detail: String(backup.kind).toLowerCase() })] : []),
    ...elsewhere.map((region) => OCI_MECHANISMS.use("databaseBackupCopy", { detail: `to ${String(region)}` })),
  ];
}

/** Standbys in other regions; where OCI enforces how much may be lost, that is the bound. */
function standbyUses(database: ResourceView, inventory: Inventory): readonly MechanismUse[] {
  const home = regionOf(database, inventory);
  return inventory.referring("oci_psql_db_system", "source.primary_db_system_id", database).flatMap((standby) => {
    const region = regionOf(standby, inventory);
    if (region === undefined || home === undefined || region === home) return [];
    const { is_rpo_enforced: enforced, rpo_in_seconds: seconds } = block(database.attributes.replication_config);
    const bound = isTrue(enforced) ? numberOf(seconds) : undefined;
    return [
      OCI_MECHANISMS.use("databaseStandbyElsewhere", {
        detail: `in ${region}`,
        ...(typeof bound === "number" && { rpo: computed(bound / 60) }),
      }),
    ];
  });
}

/** What is possible for a database, none of which has a sourced price. */
function alternatives(): readonly Alternative[] {
  return [
    { use: OCI_MECHANISMS.use("databaseNode", { detail: "2 nodes on regional storage", scopes: ["instance", "zone"] }) },
    { use: OCI_MECHANISMS.use("databasePointInTime", { detail: "pitr_policy" }) },
    { use: OCI_MECHANISMS.use("databaseBackupCopy") },
    { use: OCI_MECHANISMS.use("databaseStandbyElsewhere") },
  ];
}
