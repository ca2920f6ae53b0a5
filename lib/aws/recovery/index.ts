import { notJudged, unprotected, type ProviderRecovery } from "../../recovery/stateful";
import { readDatabase, readDatabaseCluster, readDistributedDatabase } from "./databases";
import { readMachineDisks, readVolume } from "./machines";
import { readBucket, readFileSystem, readTable } from "./stores";

/** What at AWS holds data, and how it survives. Types that are not here hold none. */
export const awsRecovery: ProviderRecovery = {
  aws_db_instance: readDatabase,
  aws_docdb_cluster: unprotected("document database"),
  aws_dsql_cluster: readDistributedDatabase,
  aws_dynamodb_table: readTable,
  aws_ebs_volume: readVolume,
  aws_efs_file_system: readFileSystem,
  aws_elasticache_cluster: unprotected("cache"),
  aws_elasticache_replication_group: unprotected("cache"),
  aws_elasticache_serverless_cache: unprotected("cache"),
  aws_fsx_lustre_file_system: unprotected("file system"),
  aws_fsx_ontap_file_system: unprotected("file system"),
  aws_fsx_openzfs_file_system: unprotected("file system"),
  aws_fsx_windows_file_system: unprotected("file system"),
  aws_instance: readMachineDisks,
  aws_memorydb_cluster: unprotected("memory database"),
  aws_mq_broker: unprotected("message broker"),
  aws_msk_cluster: unprotected("stream"),
  aws_neptune_cluster: unprotected("graph database"),
  aws_opensearch_domain: unprotected("search index"),
  aws_rds_cluster: readDatabaseCluster,
  aws_redshift_cluster: unprotected("data warehouse"),
  aws_s3_bucket: readBucket,

  aws_cloudwatch_log_group: notJudged("logs are evidence of what has happened, not what a service runs on"),
  aws_ecr_repository: notJudged("images are built again from their source"),
  aws_kinesis_stream: notJudged("what is on its way; it is in the stream for a short time only"),
  aws_kms_key: notJudged("a key cannot be restored; what is encrypted with it depends on its deletion window"),
  aws_secretsmanager_secret: notJudged("a secret is given again; deletion waits for its recovery window"),
  aws_sqs_queue: notJudged("what is on its way; it is in the queue for a short time only"),
  aws_ssm_parameter: notJudged("written from the Terraform"),
};
