import type { Instance } from "@cdktf/provider-aws/lib/instance";
import { Construct } from "constructs";
import { DATA_FOLDER } from "../../runtime/machine-units";
import { WARN_PERCENT, type AgentVmSpec } from "../../spec/agent-vm";
import { METRICS_NAMESPACE } from "./agent-vm-machine";
import { addAlarm, type AlarmConfig } from "../alarms";
import { surroundings } from "../region";

export interface AgentVmAlarmsProps {
  readonly spec: AgentVmSpec;
  readonly instance: Instance;
}

type Watched = Pick<AlarmConfig, "namespace" | "metricName" | "dimensions" | "threshold" | "period" | "evaluationPeriods"> & {
  readonly meaning: string;
};

/**
 * Rings when a machine is too busy, too full or broken, and moves it to other hardware when its own has failed.
 *
 * Creates seven `aws_cloudwatch_metric_alarm`. Cost: .70 USD a month.
 */
export class AwsAgentVmAlarms extends Construct {
  private readonly name: string;
  private readonly enabled: boolean;

  constructor(scope: Construct, id: string, { spec, instance }: AgentVmAlarmsProps) {
    super(scope, id);
    this.name = `The machine of agent ${spec.governance.agentId}`;
    this.enabled = spec.enabled;
    const dimensions = { InstanceId: instance.id };
    const cpu = { namespace: "AWS/EC2", metricName: "CPUUtilization", dimensions, period: 60 };
    const own = { namespace: METRICS_NAMESPACE, threshold: WARN_PERCENT, period: 60, evaluationPeriods: 5 };
    const disk = (path: string) => ({ ...own, metricName: "disk_used_percent", dimensions: { ...dimensions, path, fstype: "ext4" } });
    this.watch("CpuCritical", { ...cpu, threshold: 90, evaluationPeriods: 5, meaning: "uses more than 90 % of its CPU for 5 minutes" });
    this.watch("CpuHigh", {
      ...cpu,
      threshold: WARN_PERCENT,
      evaluationPeriods: 30,
      meaning: "uses more than 80 % of its CPU for half an hour",
    });
    this.watch("MemoryHigh", { ...own, metricName: "mem_used_percent", dimensions, meaning: "uses more than 80 % of its memory" });
    this.watch("SystemDiskHigh", { ...disk("/"), meaning: "has filled more than 80 % of its system volume" });
    this.watch("DataDiskHigh", { ...disk(DATA_FOLDER), meaning: "has filled more than 80 % of its data volume: raise dataVolumeGiB" });
    this.checkStatus("SystemCheck", "StatusCheckFailed_System", "recover", dimensions);
    this.checkStatus("InstanceCheck", "StatusCheckFailed_Instance", "reboot", dimensions);
  }

  private watch(id: string, { meaning, ...metric }: Watched): void {
    addAlarm(this, id, {
      ...metric,
      alarmDescription: `${this.name} ${meaning}`,
      statistic: "Average",
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "missing",
      actionsEnabled: this.enabled,
    });
  }

  /** Two minutes of failed checks: on failed hardware the instance is moved, on a failed system it is started again. */
  private checkStatus(id: string, metricName: string, action: "recover" | "reboot", dimensions: Record<string, string>): void {
    const { partition, region } = surroundings(this);
    addAlarm(this, id, {
      alarmDescription: `${this.name} fails its status check and is told to ${action}`,
      namespace: "AWS/EC2",
      metricName,
      dimensions,
      statistic: "Maximum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      period: 60,
      evaluationPeriods: action === "recover" ? 2 : 3,
      treatMissingData: "missing",
      actionsEnabled: this.enabled,
      extraActions: [`arn:${partition}:automate:${region}:ec2:${action}`],
    });
  }
}
