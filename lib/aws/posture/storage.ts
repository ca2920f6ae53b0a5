import type { Known, PostureReader } from "../../facts/posture";
import type { Inventory } from "../../facts/inventory";
import { refusesPlainText } from "./policy";
import { all, asList, block, encryptionOf, flag, given, oneOf, settingsOf, some, word, type Attributes } from "./values";

const SWITCHES = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] as const;

/** A bucket with the resources that configure it. What nobody says is as Amazon S3 has it for new buckets since April 2023: encrypted, closed, without access lists. */
export const readBucket: PostureReader = (bucket, inventory) => {
  const { address, path, attributes } = bucket;
  const setting = (type: string) => settingsOf(`aws_s3_bucket_${type}`, "bucket", bucket, "bucket", inventory)[0]?.attributes;
  const versioning = block(setting("versioning")?.versioning_configuration);
  return [
    {
      kind: "storage-bucket",
      address,
      path,
      encryption: encryptionOfBucket(setting("server_side_encryption_configuration") ?? attributes.server_side_encryption_configuration),
      publicAccessBlocked: publicAccessBlocked(setting("public_access_block")),
      accessListsOff: accessListsOff(setting("ownership_controls"), setting("acl")),
      versioned: some([oneOf(versioning.status, ["Enabled"], "Disabled"), flag(block(attributes.versioning).enabled, false)]),
      tlsOnly: tlsOnly(setting("policy")?.policy ?? attributes.policy, inventory),
      lifecycle: hasRule(setting("lifecycle_configuration")?.rule ?? attributes.lifecycle_rule),
      accessLogged: given(setting("logging")?.target_bucket ?? block(attributes.logging).target_bucket),
      replicated: hasRule(setting("replication_configuration")?.rule),
    },
  ];
};

function encryptionOfBucket(setting: unknown) {
  const rule = block((setting as Attributes | undefined)?.rule ?? block(setting).rule);
  const { sse_algorithm: algorithm, kms_master_key_id: key } = block(rule.apply_server_side_encryption_by_default);
  const kms = oneOf(algorithm, ["aws:kms", "aws:kms:dsse"], "AES256");
  if (kms === "unknown") return kms;
  return encryptionOf(true, kms ? key : undefined);
}

/** The four switches; without the resource, a bucket made by Terraform keeps what the account says, which is not in the JSON. */
function publicAccessBlocked(setting: Attributes | undefined): Known<boolean> {
  return setting === undefined ? false : all(SWITCHES.map((name) => flag(setting[name], false)));
}

function accessListsOff(ownership: Attributes | undefined, acl: Attributes | undefined): Known<boolean> {
  if (ownership === undefined) return acl === undefined;
  return oneOf(block(ownership.rule).object_ownership, ["BucketOwnerEnforced"], "ObjectWriter");
}

function tlsOnly(policy: unknown, inventory: Inventory): Known<boolean> {
  return given(policy) ? refusesPlainText(policy, inventory) : false;
}

function hasRule(rules: unknown): Known<boolean> {
  return some(asList(rules).map((rule) => ruleIsOn(rule as Attributes)));
}

function ruleIsOn(rule: Attributes): Known<boolean> {
  const status = word(rule.status, rule.enabled === false ? "Disabled" : "Enabled");
  return status === "unknown" ? status : status === "Enabled";
}
