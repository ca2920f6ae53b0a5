import { textOf } from "../../cost/literal";
import type { Charge, MeterPrice, PriceRule } from "../../cost/rule";
import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import { free, lengthOf, monthly, SECRET, unknown, unpriced, used } from "./charges";
import { regionOf } from "./region";

type Attributes = Readonly<Record<string, unknown>>;

export const priceBucket: PriceRule = () => [
  used("objects held", { service: "S3", sku: "standard-first-50TB", unit: "GB-month" }, "storedGB"),
  used("objects written and listed", { service: "S3", sku: "put-copy-post-list", unit: "request" }, "objectWrites"),
  used("objects read", { service: "S3", sku: "get-other", unit: "request" }, "objectReads"),
];

export const priceKey: PriceRule = ({ attributes }) => {
  const symmetric = (attributes.customer_master_key_spec ?? attributes.key_spec ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT";
  return [
    monthly("key", { service: "KMS", sku: "customer-managed-key", unit: "key-month" }, 1, "1 key"),
    symmetric
      ? used("calls of the key", { service: "KMS", sku: "symmetric-request", unit: "request" }, "keyRequests")
      : unpriced("calls of asymmetric keys are not in the book", "calls of the key"),
  ];
};

/** A secret, and each copy of it in another region. */
export const priceSecret: PriceRule = ({ attributes }) => {
  const replicas = lengthOf(attributes.replica);
  if (replicas === "unknown") return [unknown("replica is not a list of this stack")];
  const copies = (asList(attributes.replica) as Attributes[]).map((replica) => textOf(replica.region));
  return [
    monthly("secret", SECRET, 1, "1 secret"),
    ...copies.map((region) =>
      region === undefined ? unknown("a replica's region is not a literal") : monthly(`secret in ${region}`, { ...SECRET, region }),
    ),
    used("reads of the secret", { service: "Secrets Manager", sku: "api", unit: "request" }, "secretReads"),
  ];
};

export const priceParameter: PriceRule = ({ attributes }) => {
  const tier = attributes.tier ?? "Standard";
  if (tier === "Standard") return [free("standard parameters are not charged")];
  const price = { service: "SSM Parameter Store", sku: "advanced-parameter", unit: "parameter-month" };
  const count = tier === "Advanced" ? 1 : { low: 0, expected: 0, high: 1 };
  return [monthly("advanced parameter", price, count, `tier ${String(tier)}`)];
};

export const priceImageRepository: PriceRule = () => [
  used("images held", { service: "ECR", sku: "storage", unit: "GB-month" }, "storedGB"),
];

/** By what the backups of a type are charged. Source of the rate of volumes: note of the row `EBS snapshot-standard` in the price book. */
const BACKUPS: Readonly<Record<string, MeterPrice>> = {
  aws_ebs_volume: { service: "EBS", sku: "snapshot-standard", unit: "GB-month" },
  aws_instance: { service: "EBS", sku: "snapshot-standard", unit: "GB-month" },
  aws_db_instance: { service: "RDS PostgreSQL", sku: "backup-storage", unit: "GB-month" },
  aws_rds_cluster: { service: "AWS Backup", sku: "aurora-warm", unit: "GB-month" },
  aws_efs_file_system: { service: "AWS Backup", sku: "efs-warm", unit: "GB-month" },
  aws_dynamodb_table: { service: "AWS Backup", sku: "dynamodb-warm", unit: "GB-month" },
  aws_s3_bucket: { service: "AWS Backup", sku: "s3-warm", unit: "GB-month" },
};

/** Backups of what is selected: once where it is, and once in every region that the plan copies to. Held warm to the end. */
export const priceBackups: PriceRule = (selection, inventory) => {
  const { attributes } = selection;
  const arns = asList(attributes.resources);
  const byTag = asList(attributes.selection_tag).length + asList(attributes.condition).length;
  if (arns.length === 0 || byTag > 0) return [unknown("what is selected by tag is known only when it is backed up", "backups")];
  const plan = inventory.referred(attributes.plan_id);
  const regions = plan === undefined ? [] : copyRegions(plan, inventory);
  return arns.flatMap((arn) => backupCharges(arn, regions, inventory));
};

function backupCharges(arn: unknown, regions: readonly (string | undefined)[], inventory: Inventory): Charge[] {
  const target = inventory.referred(arn);
  const price = target === undefined ? undefined : BACKUPS[target.type];
  if (target === undefined) return [unknown(`${String(arn)} is not in this stack`, "backups")];
  if (price === undefined) return [unpriced(`backups of ${target.type} are not in the book`, "backups")];
  return [
    used(`backups of ${target.address}`, price, "backupGB"),
    ...regions.flatMap((region): Charge[] => {
      if (region === undefined) return [unknown("the region of a copy is not a literal", "backup copies")];
      return [
        used(`copies of ${target.address} in ${region}`, { ...price, region }, "backupGB"),
        used(`data to ${region}`, { service: "Data transfer", sku: "cross-region", unit: "GB" }, "crossRegionGB"),
      ];
    }),
  ];
}

const ARN_REGION = /^arn:aws[a-z-]*:backup:([a-z0-9-]+):/;

function copyRegions(plan: ResourceView, inventory: Inventory): readonly (string | undefined)[] {
  const copies = (asList(plan.attributes.rule) as Attributes[]).flatMap((rule) => asList(rule.copy_action) as Attributes[]);
  const vaults = new Set(copies.map((copy) => copy.destination_vault_arn));
  return [...vaults].map((arn) => {
    const vault = inventory.referred(arn);
    return vault === undefined ? ARN_REGION.exec(String(arn))?.[1] : regionOf(vault, inventory);
  });
}

/** What a test asks for beyond the restored copy is not sourced. */
export const priceRestoreTest: PriceRule = ({ attributes }) => {
  const type = String(block([attributes]).protected_resource_type);
  return [unpriced(`restore tests (${type}) are not in the book`, "restore tests")];
};
