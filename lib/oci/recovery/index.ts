import { notJudged, type ProviderRecovery } from "../../recovery/stateful";
import { readPostgres } from "./databases";
import { readMachineDisk, readVolume } from "./disks";
import { readBucket } from "./stores";

/** What at OCI holds data, and how it survives. Types that are not here hold none. */
export const ociRecovery: ProviderRecovery = {
  oci_core_instance: readMachineDisk,
  oci_core_volume: readVolume,
  oci_objectstorage_bucket: readBucket,
  oci_psql_db_system: readPostgres,

  oci_artifacts_container_repository: notJudged("images are built again from their source"),
  oci_certificates_management_certificate_authority: notJudged("a key cannot be restored; certificates are issued again"),
  oci_container_instances_container_instance: notJudged("its scratch space ends with it; data belongs elsewhere"),
  oci_core_boot_volume_backup: notJudged("a copy of a disk, which is judged where it is managed"),
  oci_core_instance_pool: notJudged("its machines are made again from their template, as often as the pool shrinks and grows"),
  oci_core_volume_group: notJudged("a set of disks, which are judged one by one"),
  oci_dns_zone: notJudged("written from the Terraform"),
  oci_kms_key: notJudged("a key cannot be restored; what is encrypted with it depends on its deletion window"),
  oci_kms_vault: notJudged("it holds keys and secrets only; deletion waits for its window"),
  oci_logging_log: notJudged("logs are evidence of what has happened, not what a service runs on"),
  oci_logging_log_group: notJudged("logs are evidence of what has happened, not what a service runs on"),
  oci_psql_backup: notJudged("a copy of a database, which is judged where it is managed"),
  oci_vault_secret: notJudged("a secret is given again; deletion waits for its window"),
};
