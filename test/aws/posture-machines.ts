import { LATER, type PostureCase } from "./posture-case";

/** Resources in plain JSON, and what has to be said of them. */
export const MACHINES: readonly PostureCase[] = [
  [
    "an instance of which little is said",
    "aws_instance",
    {},
    { metadataTokens: false, metadataHops: 1, disksEncrypted: false, publicAddress: "unknown", identity: false, monitored: false },
  ],
  [
    "an instance in a subnet that gives addresses",
    "aws_instance",
    { subnet_id: "${aws_subnet.S.id}" },
    { publicAddress: true },
    { aws_subnet: { S: { map_public_ip_on_launch: true } } },
  ],
  [
    "an instance with a disk that is open",
    "aws_instance",
    { root_block_device: { encrypted: true }, ebs_block_device: [{ encrypted: true }, {}] },
    { disksEncrypted: false },
  ],
  [
    "an instance with disks that are known later",
    "aws_instance",
    { root_block_device: { encrypted: LATER } },
    { disksEncrypted: "unknown" },
  ],
  [
    "an instance without metadata service",
    "aws_instance",
    { metadata_options: { http_endpoint: "disabled" } },
    { metadataTokens: true, metadataHops: 0 },
  ],
  [
    "an instance from a template",
    "aws_instance",
    { launch_template: { id: "${aws_launch_template.T.id}" } },
    { metadataTokens: true, disksEncrypted: true, publicAddress: "unknown" },
    {
      aws_launch_template: {
        T: { metadata_options: { http_tokens: "required" }, block_device_mappings: [{ ebs: { encrypted: "true" } }] },
      },
    },
  ],
  [
    "an instance from a template elsewhere",
    "aws_instance",
    { launch_template: { id: "lt-1" } },
    { metadataTokens: "unknown", disksEncrypted: "unknown", identity: "unknown" },
  ],
  [
    "user data with a password",
    "aws_instance",
    { user_data: "#!/bin/sh\nexport DB_PASSWORD=hunter2hunter2\n" },
    { secretsInUserData: ["DB_PASSWORD"] },
  ],
  [
    "user data that names a file",
    "aws_instance",
    { user_data: "GOVERNANCE_KEY_FILE=/run/governance/key\nTOKEN=$(fetch)\n" },
    { secretsInUserData: [] },
  ],
  [
    "user data in base64 with an access key",
    "aws_instance",
    { user_data_base64: Buffer.from("AKIAABCDEFGHIJKLMNOP").toString("base64") },
    { secretsInUserData: ["a key"] },
  ],
  ["user data that is known later", "aws_instance", { user_data_base64: LATER }, { secretsInUserData: "unknown" }],
  [
    "a volume with a key",
    "aws_ebs_volume",
    { encrypted: true, kms_key_id: "${aws_kms_key.K.arn}" },
    { encryption: "customer-key", backedUp: false },
  ],
  [
    "a volume that a plan names",
    "aws_ebs_volume",
    { encrypted: true },
    { encryption: "provider-key", backedUp: true },
    { aws_backup_selection: { S: { resources: ["${aws_ebs_volume.This.arn}"] } } },
  ],
  [
    "a volume that a plan finds by tag",
    "aws_ebs_volume",
    { tags: { backup: "daily" } },
    { encryption: "none", backedUp: true },
    { aws_backup_selection: { S: { selection_tag: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }] } } },
  ],
  [
    "a volume with another tag",
    "aws_ebs_volume",
    { tags: { backup: "no" } },
    { backedUp: false },
    { aws_backup_selection: { S: { selection_tag: [{ key: "backup", value: "daily" }] } } },
  ],
  [
    "a volume whose plan is known later",
    "aws_ebs_volume",
    { encrypted: LATER },
    { encryption: "unknown", backedUp: "unknown" },
    { aws_backup_selection: { S: { selection_tag: [{ key: "backup", value: LATER }] } } },
  ],
  [
    "a database of which little is said",
    "aws_db_instance",
    { engine: "postgres", engine_version: "14" },
    { encryption: "none", publicAddress: false, zones: 1, backupDays: 0, tlsRequired: false, password: "unknown", replica: false },
  ],
  ["a database with a password in the code", "aws_db_instance", { password: "hunter2" }, { password: "code" }],
  ["a database with a password in the state", "aws_db_instance", { password: LATER }, { password: "state" }],
  ["a database with a managed password", "aws_db_instance", { manage_master_user_password: true }, { password: "managed" }],
  ["a database with a literal write-only password", "aws_db_instance", { password_wo: "hunter2" }, { password: "code" }],
  [
    "a database with parameters",
    "aws_db_instance",
    { parameter_group_name: "${aws_db_parameter_group.P.name}" },
    { tlsRequired: false, statementsLogged: true },
    {
      aws_db_parameter_group: {
        P: {
          parameter: [
            { name: "rds.force_ssl", value: "0" },
            { name: "log_statement", value: "ddl" },
          ],
        },
      },
    },
  ],
  [
    "a database with parameters elsewhere",
    "aws_db_instance",
    { parameter_group_name: "company-default" },
    { tlsRequired: "unknown", statementsLogged: "unknown" },
  ],
  ["a replica", "aws_db_instance", { replicate_source_db: "${aws_db_instance.Main.arn}" }, { replica: true, password: "managed" }],
  [
    "a cluster with instances",
    "aws_rds_cluster",
    { storage_encrypted: true, manage_master_user_password: true },
    { zones: 2, publicAddress: true, monitored: false, encryption: "provider-key", password: "managed" },
    {
      aws_rds_cluster_instance: {
        A: { cluster_identifier: "${aws_rds_cluster.This.id}", publicly_accessible: true },
        B: { cluster_identifier: "${aws_rds_cluster.This.id}", monitoring_interval: 60 },
      },
    },
  ],
];
