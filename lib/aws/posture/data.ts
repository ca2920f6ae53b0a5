import type { Inventory, ResourceView } from "../../facts/inventory";
import type { DatabasePosture } from "../../facts/posture-data";
import type { Known, PostureReader } from "../../facts/posture";
import { all, asList, block, encryptionOf, flag, given, isExpression, not, numeric, some, word, type Attributes } from "./values";

export const readVolume: PostureReader = (volume, inventory) => {
  const { address, path, attributes } = volume;
  const encryption = encryptionOf(flag(attributes.encrypted, false), attributes.kms_key_id);
  return [{ kind: "volume", address, path, encryption, backedUp: backedUp(volume, inventory) }];
};

/** Whether a backup selection of this stack takes a resource, by reference, by tag, or with everything. */
function backedUp(resource: ResourceView, inventory: Inventory): Known<boolean> {
  if (inventory.referring("aws_backup_selection", "resources", resource).length > 0) return true;
  const selections = Object.values(inventory.json.resource?.aws_backup_selection ?? {});
  const tags = block(resource.attributes.tags);
  return some(selections.map((selection) => selects(selection, tags)));
}

function selects(selection: Attributes, tags: Attributes): Known<boolean> {
  if (asList(selection.resources).some((pattern) => pattern === "*" || /:ec2:\*:\*:volume\/\*$/.test(String(pattern)))) return true;
  return some((asList(selection.selection_tag) as readonly Attributes[]).map(({ key, value }) => carries(tags, key, value)));
}

function carries(tags: Attributes, key: unknown, value: unknown): Known<boolean> {
  if (isExpression(key) || isExpression(value)) return "unknown";
  return tags[String(key)] === value;
}

/** A database instance, replicas included. */
export const readDatabaseInstance: PostureReader = (instance, inventory) => {
  const { address, path, attributes } = instance;
  if (given(attributes.cluster_identifier)) return [];
  const replica = given(attributes.replicate_source_db);
  const zones = flag(attributes.multi_az, false);
  const parameters = parametersOf(attributes.parameter_group_name, inventory);
  return [
    {
      kind: "database",
      address,
      path,
      replica,
      publicAddress: flag(attributes.publicly_accessible, false),
      zones: zones === "unknown" ? zones : zones ? 2 : 1,
      backupDays: numeric(attributes.backup_retention_period, 0),
      encryption: replica && attributes.storage_encrypted === undefined ? "unknown" : encryptedStorage(attributes),
      monitored: monitored(attributes.monitoring_interval),
      adminName: replica ? "" : word(attributes.username, ""),
      minorUpgrades: flag(attributes.auto_minor_version_upgrade, true),
      ...common(attributes, parameters, replica),
    },
  ];
};

/** A cluster of databases; what only its instances say is left to them. */
export const readDatabaseCluster: PostureReader = (cluster, inventory) => {
  const { address, path, attributes } = cluster;
  const instances = inventory.referring("aws_rds_cluster_instance", "cluster_identifier", cluster).map((one) => one.attributes);
  const every = (value: (one: Attributes) => Known<boolean>) => (instances.length === 0 ? "unknown" : all(instances.map(value)));
  const parameters = parametersOf(attributes.db_cluster_parameter_group_name, inventory);
  return [
    {
      kind: "database",
      address,
      path,
      replica: given(attributes.replication_source_identifier),
      publicAddress: instances.length === 0 ? "unknown" : not(every((one) => not(flag(one.publicly_accessible, false)))),
      zones: given(attributes.db_cluster_instance_class) ? 3 : instances.length === 0 ? "unknown" : Math.min(instances.length, 3),
      backupDays: numeric(attributes.backup_retention_period, 1),
      encryption: encryptedStorage(attributes),
      monitored: every((one) => monitored(one.monitoring_interval)),
      adminName: word(attributes.master_username, ""),
      minorUpgrades: every((one) => flag(one.auto_minor_version_upgrade, true)),
      ...common(attributes, parameters, false),
    },
  ];
};

function encryptedStorage(attributes: Attributes) {
  return encryptionOf(flag(attributes.storage_encrypted, false), attributes.kms_key_id);
}

/** What instances and clusters say with the same words. */
function common(attributes: Attributes, parameters: Parameters | "unknown", replica: boolean) {
  const value = (name: string) => (parameters === "unknown" ? parameters : parameters.get(name));
  const ssl = value("rds.force_ssl") ?? value("require_secure_transport");
  return {
    deletionProtected: flag(attributes.deletion_protection, false),
    tlsRequired: tlsRequired(ssl, attributes),
    password: passwordOf(attributes, replica),
    identityLogin: flag(attributes.iam_database_authentication_enabled, false),
    logsExported: given(attributes.enabled_cloudwatch_logs_exports),
    statementsLogged: statementsLogged(value("log_statement") ?? value("server_audit_logging") ?? value("general_log")),
    tagsOnSnapshots: flag(attributes.copy_tags_to_snapshot, false),
  };
}

type Parameters = ReadonlyMap<string, unknown>;

/** The parameters of a group of this stack; the default group of the engine has none of its own. */
function parametersOf(name: unknown, inventory: Inventory): Parameters | "unknown" {
  if (!given(name)) return new Map();
  const group = inventory.referred(name);
  if (group === undefined) return isExpression(name) || !String(name).startsWith("default.") ? "unknown" : new Map();
  return new Map((asList(group.attributes.parameter) as readonly Attributes[]).map((one) => [String(one.name), one.value]));
}

/** Postgres 15 and newer require TLS by default. Source: Amazon RDS user guide, "Using SSL with a PostgreSQL DB instance", read 2026-11-21. */
function tlsRequired(setting: unknown, { engine, engine_version: version }: Attributes): Known<boolean> {
  if (setting === undefined) return engine === "postgres" && Number.parseInt(String(version), 10) >= 15;
  return setting === "unknown" || isExpression(setting) ? "unknown" : ["1", "ON", "on", "true"].includes(String(setting));
}

function statementsLogged(setting: unknown): Known<boolean> {
  if (setting === "unknown" || isExpression(setting)) return "unknown";
  return setting !== undefined && !["none", "0", "OFF", "off"].includes(String(setting));
}

function monitored(interval: unknown): Known<boolean> {
  const seconds = numeric(interval, 0);
  return seconds === "unknown" ? seconds : seconds > 0;
}

/** What follows from how the password is given; a replica has that of its source. */
function passwordOf(attributes: Attributes, replica: boolean): DatabasePosture["password"] {
  const password = attributes.password ?? attributes.master_password;
  if (given(password)) return isExpression(password) ? "state" : "code";
  const managed = flag(attributes.manage_master_user_password, false);
  const written = attributes.password_wo ?? attributes.master_password_wo;
  if (given(written) && !isExpression(written)) return "code";
  if (given(written) || managed === true || replica) return "managed";
  return given(attributes.snapshot_identifier) || given(attributes.replication_source_identifier) ? "managed" : "unknown";
}

/** A DynamoDB table is always encrypted; the question is by whose key. */
export const readTable: PostureReader = ({ address, path, attributes }) => {
  const sse = block(attributes.server_side_encryption);
  const customer = flag(sse.enabled, false);
  return [
    {
      kind: "table",
      address,
      path,
      encryption: customer === "unknown" ? customer : encryptionOf(true, customer ? sse.kms_key_arn : undefined),
      pointInTimeRecovery: flag(block(attributes.point_in_time_recovery).enabled, false),
      deletionProtected: flag(attributes.deletion_protection_enabled, false),
    },
  ];
};

export const readBackupVault: PostureReader = (vault, inventory) => {
  const { address, path, attributes } = vault;
  const locked = inventory.referring("aws_backup_vault_lock_configuration", "backup_vault_name", vault).length > 0;
  const literal = Object.values(inventory.json.resource?.aws_backup_vault_lock_configuration ?? {}).some(
    (lock) => lock.backup_vault_name === attributes.name,
  );
  return [{ kind: "backup-vault", address, path, encryption: encryptionOf(true, attributes.kms_key_arn), locked: locked || literal }];
};

export const readBackupPlan: PostureReader = ({ address, path, attributes }) => {
  const rules = asList(attributes.rule) as readonly Attributes[];
  const ends = ({ lifecycle }: Attributes) => numeric(block(lifecycle).delete_after, 0);
  const expires = all(rules.map((rule) => (ends(rule) === "unknown" ? "unknown" : Number(ends(rule)) > 0)));
  return [{ kind: "backup-plan", address, path, copied: rules.some((rule) => given(rule.copy_action)), expires }];
};
