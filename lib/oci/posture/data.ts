import type { DatabasePosture } from "../../facts/posture-data";
import type { SecretPosture } from "../../facts/posture-platform";
import type { Known, PostureReader } from "../../facts/posture";
import {
  all,
  asList,
  block,
  encryptionOf,
  flag,
  given,
  isExpression,
  numeric,
  oneOf,
  some,
  word,
  type Attributes,
} from "../../facts/values";
import { keptFrom } from "./compute";
import { isLogged } from "./network";

/** A volume, always encrypted. Backups come with the policy that is assigned to it, or with the deprecated argument of the volume. */
export const readVolume: PostureReader = (volume, inventory) => {
  const { address, path, attributes } = volume;
  const assigned = inventory.referring("oci_core_volume_backup_policy_assignment", "asset_id", volume).length > 0;
  const groups = inventory.referring("oci_core_volume_group", "source_details.volume_ids", volume);
  const grouped = groups.some((group) => inventory.referring("oci_core_volume_backup_policy_assignment", "asset_id", group).length > 0);
  const backedUp = assigned || grouped || given(attributes.backup_policy_id);
  return [{ kind: "volume", address, path, encryption: encryptionOf(true, attributes.kms_key_id), backedUp }];
};

/** What every managed PostgreSQL of OCI is. Source: https://docs.oracle.com/en/learn/oci-pgsql-ssl/ and the schema of provider 8.28.0, read 2026-11-21. */
const MANAGED = {
  encryption: "provider-key",
  publicAddress: false,
  tlsRequired: true,
  identityLogin: false,
  logsExported: false,
  statementsLogged: false,
  minorUpgrades: true,
  monitored: true,
  tagsOnSnapshots: false,
} as const satisfies Partial<DatabasePosture>;

export const readPostgres: PostureReader = ({ address, path, attributes }) => {
  const credentials = block(attributes.credentials);
  const policy = block(block(attributes.management_policy).backup_policy);
  const nodes = numeric(attributes.instance_count, 1);
  const regional = flag(block(attributes.storage_details).is_regionally_durable, false);
  return [
    {
      ...MANAGED,
      kind: "database",
      address,
      path,
      replica: given(block(attributes.source).primary_db_system_id),
      zones: nodes === "unknown" || regional === "unknown" ? "unknown" : nodes > 1 && regional ? 2 : 1,
      backupDays: oneOf(policy.kind, ["NONE"], "NONE") === true ? 0 : numeric(policy.retention_days, 0),
      deletionProtected: keptFrom(attributes),
      password: passwordOf(block(credentials.password_details)),
      adminName: word(credentials.username, ""),
    },
  ];
};

function passwordOf({ password_type: type, password }: Attributes): DatabasePosture["password"] {
  if (type === "VAULT_SECRET") return "managed";
  if (!given(password)) return "unknown";
  return isExpression(password) ? "state" : "code";
}

/** A bucket with what configures it: always encrypted, spoken to by TLS only, and without access lists. */
export const readBucket: PostureReader = (bucket, inventory) => {
  const { address, path, attributes } = bucket;
  const referring = (type: string, attribute: string) => inventory.referring(`oci_objectstorage_${type}`, attribute, bucket);
  const rules = referring("object_lifecycle_policy", "bucket").flatMap(
    (policy) => asList(policy.attributes.rules) as readonly Attributes[],
  );
  return [
    {
      kind: "storage-bucket",
      address,
      path,
      encryption: encryptionOf(true, attributes.kms_key_id),
      publicAccessBlocked: oneOf(attributes.access_type, ["NoPublicAccess"], "NoPublicAccess"),
      accessListsOff: true,
      versioned: oneOf(attributes.versioning, ["Enabled"], "Disabled"),
      tlsOnly: true,
      lifecycle: some(rules.map((rule) => flag(rule.is_enabled, true))),
      accessLogged: isLogged(bucket, "objectstorage", inventory),
      replicated: referring("replication_policy", "bucket").length > 0,
    },
  ];
};

/** A key: nobody outside the tenancy can use it; it ends 30 days after the order unless another day is named. */
export const readKey: PostureReader = ({ address, path, attributes }) => [
  {
    kind: "encryption-key",
    address,
    path,
    rotated: flag(attributes.is_auto_rotation_enabled, false),
    public: false,
    deletionDays: given(attributes.time_of_deletion) ? "unknown" : 30,
  },
];

/** A secret is always encrypted with a key of the customer. */
export const readSecret: PostureReader = ({ address, path, attributes }) => {
  const rotation = block(attributes.rotation_config);
  const days = /^P(\d+)D/.exec(String(rotation.rotation_interval))?.[1];
  const scheduled = flag(rotation.is_scheduled_rotation_enabled, false);
  return [
    {
      kind: "secret",
      address,
      path,
      encryption: "customer-key",
      rotationDays: scheduled === "unknown" ? scheduled : scheduled ? Number(days ?? -1) : -1,
      value: valueOf(block(attributes.secret_content).content),
    },
  ];
};

function valueOf(content: unknown): SecretPosture["value"] {
  if (!given(content)) return "nowhere";
  return isExpression(content) ? "state" : "code";
}

/** Days that a log is kept without a word. Source: oci_logging_log of provider 8.28.0, read 2026-11-21. */
const LOG_DAYS = 30;

export const readLog: PostureReader = ({ address, path, attributes }) => [
  { kind: "log-store", address, path, encryption: "provider-key", retentionDays: numeric(attributes.retention_duration, LOG_DAYS) },
];

/** A topic takes messages from members of the tenancy, over TLS. */
export const readTopic: PostureReader = ({ address, path }) => [
  { kind: "topic", address, path, encryption: "provider-key", public: false, tlsOnly: true },
];

export const readRegistry: PostureReader = ({ address, path, attributes }) => [
  {
    kind: "registry",
    address,
    path,
    encryption: "provider-key",
    immutable: flag(attributes.is_immutable, false),
    scanned: false,
    lifecycle: false,
  },
];

/** What a policy allows, in OCI's own language. */
export const readPolicy: PostureReader = ({ address, path, attributes }) => {
  const statements = isExpression(attributes.statements) ? "unknown" : asList(attributes.statements).map(String);
  if (statements === "unknown") return [{ kind: "identity-policy", address, path, fullAccess: "unknown", broadWrites: "unknown" }];
  const allows = statements.filter((statement) => /^\s*allow\s/i.test(statement));
  const manages = allows.filter((statement) => /\bmanage\s+all-resources\b/i.test(statement) && !/\bwhere\b/i.test(statement));
  return [
    {
      kind: "identity-policy",
      address,
      path,
      fullAccess: manages.some((statement) => /\bin\s+tenancy\b/i.test(statement)),
      broadWrites: manages.map(() => "manage all-resources"),
    },
  ];
};

/** A certificate of the Certificates service: what is imported is renewed by hand, what it issues by a rule. */
export const readCertificate: PostureReader = ({ address, path, attributes }) => {
  const issued = oneOf(block(attributes.certificate_config).config_type, ["ISSUED_BY_INTERNAL_CA"], "");
  const renews: Known<boolean> = all([issued, given(attributes.certificate_rules)]);
  const replacedBeforeDestroyed = flag(block(attributes.lifecycle).create_before_destroy, false);
  return [{ kind: "certificate", address, path, replacedBeforeDestroyed, renewsItself: renews }];
};
