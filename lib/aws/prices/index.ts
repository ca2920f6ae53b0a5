import { join } from "node:path";
import { lazyBook } from "../../cost/read-book";
import type { PriceRule, ProviderPrices } from "../../cost/rule";
import { CHANGES } from "./changes";
import { priceAutoscalingGroup, priceElasticAddress, priceFunction, priceInstance, priceVolume } from "./compute";
import { priceCluster, priceService } from "./containers";
import { priceDatabase } from "./database";
import {
  priceBalancer,
  priceBudgetAction,
  priceCertificate,
  priceEndpoint,
  priceHealthCheck,
  priceNatGateway,
  priceSubscription,
  priceWebFirewall,
  priceZone,
} from "./edge";
import { FREE } from "./free";
import { regionOf } from "./region";
import { priceBackups, priceBucket, priceImageRepository, priceKey, priceParameter, priceRestoreTest, priceSecret } from "./storage";
import { priceAlarm, priceCompositeAlarm, priceDashboard, priceLogGroup, priceMetricFilter, priceQueue, priceTopic } from "./watch";

const RULES: Readonly<Record<string, PriceRule>> = {
  aws_acm_certificate: priceCertificate,
  aws_autoscaling_group: priceAutoscalingGroup,
  aws_backup_restore_testing_selection: priceRestoreTest,
  aws_backup_selection: priceBackups,
  aws_budgets_budget_action: priceBudgetAction,
  aws_cloudwatch_composite_alarm: priceCompositeAlarm,
  aws_cloudwatch_dashboard: priceDashboard,
  aws_cloudwatch_log_group: priceLogGroup,
  aws_cloudwatch_log_metric_filter: priceMetricFilter,
  aws_cloudwatch_metric_alarm: priceAlarm,
  aws_db_instance: priceDatabase,
  aws_ebs_volume: priceVolume,
  aws_ecr_repository: priceImageRepository,
  aws_ecs_cluster: priceCluster,
  aws_ecs_service: priceService,
  aws_eip: priceElasticAddress,
  aws_instance: priceInstance,
  aws_kms_key: priceKey,
  aws_kms_replica_key: priceKey,
  aws_lambda_function: priceFunction,
  aws_lb: priceBalancer,
  aws_nat_gateway: priceNatGateway,
  aws_route53_health_check: priceHealthCheck,
  aws_route53_zone: priceZone,
  aws_s3_bucket: priceBucket,
  aws_secretsmanager_secret: priceSecret,
  aws_sns_topic: priceTopic,
  aws_sns_topic_subscription: priceSubscription,
  aws_sqs_queue: priceQueue,
  aws_ssm_parameter: priceParameter,
  aws_vpc_endpoint: priceEndpoint,
  aws_wafv2_web_acl: priceWebFirewall,
};

/** How AWS charges. The book is read when the first estimate is made. */
export const awsPrices: ProviderPrices = {
  book: lazyBook(join(__dirname, "../../cost/book/aws.json")),
  rules: RULES,
  free: FREE,
  regionOf,
  changes: CHANGES,
  notCovered: [
    "taxes, support plans, savings plans, reservations, negotiated prices and free tiers",
    "prices of later volume tiers: the first tier counts for all",
    "CPU of small machines beyond their share (surplus credits)",
    "data between zones",
    "versions of keys that rotation adds after the first year",
    "licensed operating systems: machines are priced as Linux",
    "extended support of database versions past their end",
  ],
};
