import type { ProviderPosture } from "../../provider";
import { readBackendSet, readBalancer, readListener, readWebFirewall } from "./balancer";
import { readAlarm, readContainerInstance, readInstance, readInstanceConfiguration, readPool } from "./compute";
import {
  readBucket,
  readCertificate,
  readKey,
  readLog,
  readPolicy,
  readPostgres,
  readRegistry,
  readSecret,
  readTopic,
  readVolume,
} from "./data";
import { DECIDED, LACKS } from "./lacks";
import { readGroup, readRule, readSecurityList, readSubnet, readVcn } from "./network";
import { REFERENCES } from "./references";

/** How safely resources of OCI are set up: also those that no construct of this library makes. */
export const ociPosture: ProviderPosture = {
  readers: {
    oci_artifacts_container_repository: readRegistry,
    oci_certificates_management_certificate: readCertificate,
    oci_container_instances_container_instance: readContainerInstance,
    oci_core_default_security_list: readSecurityList,
    oci_core_instance: readInstance,
    oci_core_instance_configuration: readInstanceConfiguration,
    oci_core_instance_pool: readPool,
    oci_core_network_security_group: readGroup,
    oci_core_network_security_group_security_rule: readRule,
    oci_core_security_list: readSecurityList,
    oci_core_subnet: readSubnet,
    oci_core_vcn: readVcn,
    oci_core_volume: readVolume,
    oci_identity_policy: readPolicy,
    oci_kms_key: readKey,
    oci_load_balancer_backend_set: readBackendSet,
    oci_load_balancer_listener: readListener,
    oci_load_balancer_load_balancer: readBalancer,
    oci_logging_log: readLog,
    oci_monitoring_alarm: readAlarm,
    oci_objectstorage_bucket: readBucket,
    oci_ons_notification_topic: readTopic,
    oci_psql_db_system: readPostgres,
    oci_vault_secret: readSecret,
    oci_waf_web_app_firewall: readWebFirewall,
  },
  references: REFERENCES,
  lacks: LACKS,
  decided: DECIDED,
};
