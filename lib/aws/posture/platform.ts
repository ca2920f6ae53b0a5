import type { Inventory, ResourceView } from "../../facts/inventory";
import type { Encryption, Known, PostureReader } from "../../facts/posture";
import type { SecretPosture } from "../../facts/posture-platform";
import { isPublic, refusesPlainText } from "./policy";
import { all, asList, block, encryptionOf, flag, given, isExpression, numeric, oneOf, some, type Attributes } from "./values";

export const readKey: PostureReader = (key, inventory) => {
  const { address, path, attributes } = key;
  const [separate] = inventory.referring("aws_kms_key_policy", "key_id", key);
  const symmetric = oneOf(attributes.customer_master_key_spec, ["SYMMETRIC_DEFAULT"], "SYMMETRIC_DEFAULT");
  return [
    {
      kind: "encryption-key",
      address,
      path,
      rotated: symmetric === false ? true : flag(attributes.enable_key_rotation, false),
      public: isPublic(separate?.attributes.policy ?? attributes.policy, inventory),
      deletionDays: numeric(attributes.deletion_window_in_days, 30),
    },
  ];
};

/** A log group is always encrypted; without a number of days it keeps logs for ever. */
export const readLogGroup: PostureReader = ({ address, path, attributes }) => [
  {
    kind: "log-store",
    address,
    path,
    encryption: encryptionOf(true, attributes.kms_key_id),
    retentionDays: numeric(attributes.retention_in_days, 0),
  },
];

export const readTopic: PostureReader = (topic, inventory) => {
  const { address, path, attributes } = topic;
  const policy = inventory.referring("aws_sns_topic_policy", "arn", topic)[0]?.attributes.policy ?? attributes.policy;
  return [
    {
      kind: "topic",
      address,
      path,
      encryption: encryptionOf(given(attributes.kms_master_key_id), attributes.kms_master_key_id),
      public: isPublic(policy, inventory),
      tlsOnly: refusesPlainText(policy, inventory),
    },
  ];
};

/** A queue; without a word on encryption, Amazon encrypts new queues with its own key since 2022. */
export const readQueue: PostureReader = (queue, inventory) => {
  const { address, path, attributes } = queue;
  const policy = inventory.referring("aws_sqs_queue_policy", "queue_url", queue)[0]?.attributes.policy ?? attributes.policy;
  const redrive = inventory.referring("aws_sqs_queue_redrive_policy", "queue_url", queue);
  return [
    {
      kind: "queue",
      address,
      path,
      encryption: queueEncryption(attributes),
      public: isPublic(policy, inventory),
      tlsOnly: refusesPlainText(policy, inventory),
      deadLetters: given(attributes.redrive_policy) || redrive.length > 0 || takesDeadLetters(queue, inventory),
    },
  ];
};

function queueEncryption(attributes: Attributes): Known<Encryption> {
  if (given(attributes.kms_master_key_id)) return encryptionOf(true, attributes.kms_master_key_id);
  return encryptionOf(flag(attributes.sqs_managed_sse_enabled, true), undefined);
}

/** Whether another queue sends here what it cannot handle. */
function takesDeadLetters(queue: ResourceView, inventory: Inventory): boolean {
  if (given(queue.attributes.redrive_allow_policy)) return true;
  const others = [
    ...Object.values(inventory.json.resource?.aws_sqs_queue ?? {}),
    ...Object.values(inventory.json.resource?.aws_sqs_queue_redrive_policy ?? {}),
  ];
  return others.some(({ redrive_policy: policy }) => typeof policy === "string" && policy.includes(`${queue.address}.arn`));
}

export const readSecret: PostureReader = (secret, inventory) => {
  const { address, path, attributes } = secret;
  const versions = inventory.referring("aws_secretsmanager_secret_version", "secret_id", secret).map((one) => valueOf(one.attributes));
  const [rotation] = inventory.referring("aws_secretsmanager_secret_rotation", "secret_id", secret);
  return [
    {
      kind: "secret",
      address,
      path,
      encryption: encryptionOf(true, attributes.kms_key_id),
      rotationDays: rotation === undefined ? -1 : rotationDays(block(rotation.attributes.rotation_rules)),
      value: versions.includes("code") ? "code" : versions.includes("state") ? "state" : "nowhere",
    },
  ];
};

/** A write-only value is in the state nowhere, but a literal one is in the code all the same. */
function valueOf({ secret_string: text, secret_binary: bytes, secret_string_wo: written }: Attributes): SecretPosture["value"] {
  if (given(text ?? bytes)) return isExpression(text ?? bytes) ? "state" : "code";
  return given(written) && !isExpression(written) ? "code" : "nowhere";
}

function rotationDays(rules: Attributes): Known<number> {
  if (!given(rules.schedule_expression)) return numeric(rules.automatically_after_days, -1);
  const rate = /^rate\((\d+) (hour|day)s?\)$/.exec(String(rules.schedule_expression));
  return rate === null ? "unknown" : Math.ceil(Number(rate[1]) / (rate[2] === "hour" ? 24 : 1));
}

export const readParameter: PostureReader = ({ address, path, attributes }) => [
  { kind: "parameter", address, path, encryption: parameterEncryption(attributes) },
];

function parameterEncryption(attributes: Attributes): Known<Encryption> {
  return encryptionOf(oneOf(attributes.type, ["SecureString"], "String"), attributes.key_id);
}

/** Metrics that tell of life signs, by their name. */
const HEARTBEAT = /heart-?beat/i;

export const readAlarm: PostureReader = (alarm, inventory) => {
  const { address, path, attributes } = alarm;
  const queries = (asList(attributes.metric_query) as readonly Attributes[]).map(({ metric }) => block(metric).metric_name);
  const told = ["alarm_actions", "ok_actions", "insufficient_data_actions"].some((name) => given(attributes[name]));
  return [
    {
      kind: "alarm",
      address,
      path,
      rings: all([flag(attributes.actions_enabled, true), told || isWatched(alarm, inventory)]),
      heartbeat: some([attributes.metric_name, ...queries].map((name) => !isExpression(name) && HEARTBEAT.test(String(name)))),
      silenceRings: oneOf(attributes.treat_missing_data, ["breaching"], "missing"),
    },
  ];
};

/** Whether something that acts on alarms names this one: a deployment, or an alarm made of alarms. */
function isWatched(alarm: ResourceView, inventory: Inventory): boolean {
  if (inventory.referring("aws_codedeploy_deployment_group", "alarm_configuration.alarms", alarm).length > 0) return true;
  const made = Object.values(inventory.json.resource?.aws_cloudwatch_composite_alarm ?? {});
  return made.some(({ alarm_rule: rule }) => typeof rule === "string" && rule.includes(alarm.address));
}
