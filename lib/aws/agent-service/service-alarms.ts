import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import type { AgentServiceSpec } from "../../spec/agent-service";
import { addAlarm } from "../alarms";

const HIGH_PERCENT = 90;
const MINUTES = 5;

/** The alarms of a service. The names of cluster and service are literals, so that the service can refer to the alarms. */
export interface ServiceAlarms {
  readonly cpu: CloudwatchMetricAlarm;
  readonly memory: CloudwatchMetricAlarm;
  readonly tasks: CloudwatchMetricAlarm;
}

export function addServiceAlarms(scope: Construct, spec: AgentServiceSpec, clusterName: string, serviceName: string): ServiceAlarms {
  const common = {
    dimensions: { ClusterName: clusterName, ServiceName: serviceName },
    period: 60,
    evaluationPeriods: MINUTES,
    actionsEnabled: spec.enabled,
  };
  const high = (id: string, what: string, metricName: string) =>
    addAlarm(scope, id, {
      ...common,
      alarmDescription: `${what} of agent ${spec.governance.agentId} is above ${HIGH_PERCENT} % for ${MINUTES} minutes: raise replicas.max or the size`,
      namespace: "AWS/ECS",
      metricName,
      statistic: "Average",
      comparisonOperator: "GreaterThanThreshold",
      threshold: HIGH_PERCENT,
      treatMissingData: "notBreaching",
    });
  return {
    cpu: high("CpuHigh", "CPU", "CPUUtilization"),
    memory: high("MemoryHigh", "Memory", "MemoryUtilization"),
    tasks: addAlarm(scope, "TasksLow", {
      ...common,
      alarmDescription: `Agent ${spec.governance.agentId} has fewer than ${spec.replicas.min} running copies: look at the events of the service`,
      namespace: "ECS/ContainerInsights",
      metricName: "RunningTaskCount",
      statistic: "Average",
      comparisonOperator: "LessThanThreshold",
      threshold: spec.replicas.min,
      treatMissingData: "breaching",
    }),
  };
}
