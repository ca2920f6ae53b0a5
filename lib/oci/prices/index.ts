import { join } from "node:path";
import { lazyBook } from "../../cost/read-book";
import type { PriceRule, ProviderPrices } from "../../cost/rule";
import { CHANGES } from "./changes";
import { priceContainerInstance, priceInstance, pricePool } from "./compute";
import { priceAddress, priceBalancer, priceLog, priceNatGateway, priceSubscription, priceWebFirewall, priceZone } from "./edge";
import { FREE } from "./free";
import { ALLOWANCES } from "./meters";
import { regionOf } from "./region";
import {
  priceBootVolumeBackup,
  priceBucket,
  priceImageRepository,
  priceKey,
  pricePostgres,
  pricePostgresBackup,
  priceVault,
  priceVolume,
  priceVolumeBackups,
} from "./storage";

const RULES: Readonly<Record<string, PriceRule>> = {
  oci_artifacts_container_repository: priceImageRepository,
  oci_container_instances_container_instance: priceContainerInstance,
  oci_core_boot_volume_backup: priceBootVolumeBackup,
  oci_core_instance: priceInstance,
  oci_core_instance_pool: pricePool,
  oci_core_nat_gateway: priceNatGateway,
  oci_core_public_ip: priceAddress,
  oci_core_volume: priceVolume,
  oci_core_volume_backup_policy_assignment: priceVolumeBackups,
  oci_dns_zone: priceZone,
  oci_kms_key: priceKey,
  oci_kms_vault: priceVault,
  oci_load_balancer_load_balancer: priceBalancer,
  oci_logging_log: priceLog,
  oci_objectstorage_bucket: priceBucket,
  oci_ons_subscription: priceSubscription,
  oci_psql_backup: pricePostgresBackup,
  oci_psql_db_system: pricePostgres,
  oci_waf_web_app_firewall: priceWebFirewall,
};

/** How OCI charges: one price list for all regions. The book is read when the first estimate is made. */
export const ociPrices: ProviderPrices = {
  book: lazyBook(join(__dirname, "../../cost/book/oci.json")),
  rules: RULES,
  free: FREE,
  allowances: ALLOWANCES,
  changes: CHANGES,
  regionOf,
  notCovered: [
    "taxes, support plans, universal credits and negotiated prices",
    "other currencies than USD",
    "data points of one's own metrics, and reads of metrics (500 and 1,000 million of a month are free)",
    "versions of keys beyond the first",
    "licensed operating systems: machines are priced as Linux",
    "what is beyond the number of bastions, certificates and secrets that a tenancy has free",
  ],
};
