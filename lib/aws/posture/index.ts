import type { ProviderPosture } from "../../provider";
import { readBalancer, readCertificate, readListener, readTargetGroup, readWebFirewall } from "./balancer";
import { readFunction, readInstance, readLaunchTemplate, readScalingGroup } from "./compute";
import { readCluster, readRegistry, readService, readTask } from "./containers";
import { readBackupPlan, readBackupVault, readDatabaseCluster, readDatabaseInstance, readTable, readVolume } from "./data";
import { readAttachment, readImageSource, readPolicy, readRole } from "./identity";
import { readDefaultGroup, readEgressRule, readGroup, readIngressRule, readRule, readSubnet, readVpc } from "./network";
import { readAlarm, readKey, readLogGroup, readParameter, readQueue, readSecret, readTopic } from "./platform";
import { REFERENCES } from "./references";
import { readBucket } from "./storage";

/** How safely resources of AWS are set up: also those that no construct of this library makes. */
export const awsPosture: ProviderPosture = {
  readers: {
    aws_acm_certificate: readCertificate,
    aws_alb: readBalancer,
    aws_alb_listener: readListener,
    aws_alb_target_group: readTargetGroup,
    aws_autoscaling_group: readScalingGroup,
    aws_backup_plan: readBackupPlan,
    aws_backup_vault: readBackupVault,
    aws_cloudwatch_log_group: readLogGroup,
    aws_cloudwatch_metric_alarm: readAlarm,
    aws_db_instance: readDatabaseInstance,
    aws_default_security_group: readDefaultGroup,
    aws_dynamodb_table: readTable,
    aws_ebs_volume: readVolume,
    aws_ecr_repository: readRegistry,
    aws_ecs_cluster: readCluster,
    aws_ecs_service: readService,
    aws_ecs_task_definition: readTask,
    aws_iam_group_policy: readPolicy,
    aws_iam_group_policy_attachment: readAttachment,
    aws_iam_policy: readPolicy,
    aws_iam_policy_attachment: readAttachment,
    aws_iam_role: readRole,
    aws_iam_role_policy: readPolicy,
    aws_iam_role_policy_attachment: readAttachment,
    aws_iam_user_policy: readPolicy,
    aws_iam_user_policy_attachment: readAttachment,
    aws_instance: readInstance,
    aws_kms_key: readKey,
    aws_lambda_function: readFunction,
    aws_launch_template: readLaunchTemplate,
    aws_lb: readBalancer,
    aws_lb_listener: readListener,
    aws_lb_target_group: readTargetGroup,
    aws_rds_cluster: readDatabaseCluster,
    aws_s3_bucket: readBucket,
    aws_secretsmanager_secret: readSecret,
    aws_security_group: readGroup,
    aws_security_group_rule: readRule,
    aws_sns_topic: readTopic,
    aws_sqs_queue: readQueue,
    aws_ssm_parameter: readParameter,
    aws_subnet: readSubnet,
    aws_vpc: readVpc,
    aws_vpc_security_group_egress_rule: readEgressRule,
    aws_vpc_security_group_ingress_rule: readIngressRule,
    aws_wafv2_web_acl: readWebFirewall,
    "data.aws_ami": readImageSource,
  },
  references: REFERENCES,
};
