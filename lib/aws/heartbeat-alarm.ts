import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import { physicalName } from "../names";
import { silenceSeconds, type GovernanceSpec } from "../spec/governance";
import { addAlarm } from "./alarms";

export interface HeartbeatAlarmProps {
  readonly governance: GovernanceSpec;
  /** Where the reporter's JSON lines arrive. */
  readonly logGroup: CloudwatchLogGroup;
  /** Whether the agent is meant to run; when not, its silence is no alarm. */
  readonly enabled: boolean;
}

const NAMESPACE = "GovernedAgents";
const METRIC = "Heartbeats";

/** Longest name of a metric filter. Source: CloudWatch Logs API reference, read 2026-11-21. */
const MAX_FILTER = 512;

/**
 * Rings when an agent stops reporting: the delivered heartbeats in the reporter's log are counted, and no count at all is an alarm too.
 *
 * Creates `aws_cloudwatch_log_metric_filter` and `aws_cloudwatch_metric_alarm`. Cost: .30 USD a month for the metric and .10 for the alarm.
 */
export class AwsHeartbeatAlarm extends Construct {
  constructor(scope: Construct, id: string, { governance, logGroup, enabled }: HeartbeatAlarmProps) {
    super(scope, id);
    new CloudwatchLogMetricFilter(this, "Filter", {
      name: physicalName(this, { kind: "metric filter", maxLength: MAX_FILTER }),
      logGroupName: logGroup.name,
      pattern: '{ ($.event = "governance.heartbeat") && ($.outcome = "delivered") }',
      metricTransformation: { name: METRIC, namespace: NAMESPACE, value: "1", dimensions: { AgentId: "$.agentId" } },
    });
    addAlarm(this, "Resource", {
      alarmDescription: `Agent ${governance.agentId} has stopped reporting to ${governance.endpoint}`,
      namespace: NAMESPACE,
      metricName: METRIC,
      dimensions: { AgentId: governance.agentId },
      statistic: "Sum",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      period: wholeMinutes(silenceSeconds(governance)),
      evaluationPeriods: 1,
      treatMissingData: "breaching",
      actionsEnabled: enabled,
    });
  }
}

/** CloudWatch periods are whole minutes. */
function wholeMinutes(seconds: number): number {
  return Math.ceil(seconds / 60) * 60;
}
