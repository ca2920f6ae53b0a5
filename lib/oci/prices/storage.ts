import { hourly, monthly, unpriced, used } from "../../cost/charges";
import { textOf } from "../../cost/literal";
import type { Charge, PriceRule } from "../../cost/rule";
import { asList } from "../../facts/inventory";
import { egress, meter, towards } from "./meters";
import { volumeCharges } from "./volumes";

/** A volume; a copy that is kept in step elsewhere has no sourced price. */
export const priceVolume: PriceRule = ({ attributes }) => [
  ...volumeCharges({ name: "volume", size: attributes.size_in_gbs, performance: attributes.vpus_per_gb }),
  ...(asList(attributes.block_volume_replicas).length > 0 ? [unpriced("replicas of volumes are not in the book", "volume replica")] : []),
];

/** Backups are kept in object storage. Source: https://docs.oracle.com/en-us/iaas/Content/Block/Concepts/blockvolumebackups.htm, read 2026-11-21. */
const BACKUPS = meter("Object Storage", "standard:over-10", "GB-month");

/** Where a policy is assigned, backups are made: here, and once more in the region that the policy copies to. */
export const priceVolumeBackups: PriceRule = ({ attributes }, inventory, { region }) => {
  const asset = inventory.referred(attributes.asset_id)?.address ?? "the volume";
  const to = inventory.referred(attributes.policy_id)?.attributes.destination_region;
  const copied = to !== undefined && to !== "none";
  return [
    used(`backups of ${asset}`, BACKUPS, "backupGB"),
    ...(copied ? [used(`copies of ${asset} in ${String(to)}`, BACKUPS, "backupGB"), transfer(String(to), region)] : []),
  ];
};

/** What goes to another region is charged as what goes out. */
function transfer(to: string, region: string | undefined): Charge {
  const out = egress(region);
  return out.kind === "gap" ? out : { ...out, meter: `data to ${to}`, usage: "crossRegionGB" };
}

/** A backup that is made once, from Terraform. */
export const priceBootVolumeBackup: PriceRule = () => [used("backup of the boot volume", BACKUPS, "backupGB")];

/** What objects cost to hold, by storage tier. */
const OBJECTS: Readonly<Record<string, string>> = { Standard: "standard:over-10", Archive: "archive:over-10" };

/** A bucket by what it holds and how often it is asked; requests are counted in ten thousands. */
export const priceBucket: PriceRule = ({ attributes }) => {
  const tier = textOf(attributes.storage_tier ?? "Standard") ?? "unknown";
  const sku = OBJECTS[tier];
  if (sku === undefined) return [unpriced(`storage tier ${tier} is not in the book`)];
  const requests = meter("Object Storage", "requests:over-5", "10,000 requests");
  const held = used("objects held", meter("Object Storage", sku, "GB-month"), "storedGB");
  return [
    tier === "Standard" ? towards("object GB", held) : held,
    towards("object requests", used("objects written and listed", requests, "objectWrites", 1 / 10_000)),
    towards("object requests", used("objects read", requests, "objectReads", 1 / 10_000)),
  ];
};

/** Versions of a key in hardware are charged; keys in software, and calls of keys, are not. Source: Always Free Resources (Vault), as told in 2026. */
export const priceKey: PriceRule = ({ attributes }) => {
  const mode = textOf(attributes.protection_mode ?? "HSM");
  if (mode === "SOFTWARE") return [{ kind: "free", reason: "keys that are kept in software are not charged" }];
  if (mode !== "HSM") return [unpriced(`keys with protection mode ${mode ?? "unknown"} are not in the book`)];
  const version = monthly("key version", meter("Vault", "software-key-version:over-20", "key-version-month"), 1, "1 version");
  return [towards("key versions", version)];
};

export const priceVault: PriceRule = ({ attributes }) => {
  const type = textOf(attributes.vault_type);
  if (type === "DEFAULT") return [{ kind: "free", reason: "vaults that share their hardware are not charged" }];
  if (type !== "VIRTUAL_PRIVATE") return [unpriced(`vaults of type ${type ?? "unknown"} are not in the book`)];
  return [hourly("private vault", meter("Vault", "virtual-private-vault", "vault-hour"), 1, "1 vault")];
};

const NO_POSTGRES = "OCI Database with PostgreSQL is not in the book: no sourced price list has it";

/** The managed database has no sourced price: a gap for each thing that it is charged for. */
export const pricePostgres: PriceRule = ({ attributes }): Charge[] => [
  unpriced(NO_POSTGRES, `database hours (${String(attributes.instance_count ?? 1)} nodes)`),
  unpriced(NO_POSTGRES, "database storage and backups"),
];

export const pricePostgresBackup: PriceRule = () => [unpriced(NO_POSTGRES, "database backup")];

/** Images are held in object storage; what the registry itself says of it is not sourced. */
export const priceImageRepository: PriceRule = () => [unpriced("images held in the registry are not in the book", "images held")];
