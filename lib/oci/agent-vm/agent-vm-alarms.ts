import { Construct } from "constructs";
import { WARN_PERCENT, type AgentVmSpec } from "../../spec/agent-vm";
import { silenceSeconds } from "../../spec/governance";
import { addAlarm, type AlarmConfig } from "../alarms";
import type { CoreInstance } from "../bindings/core-instance";
import { METRICS_NAMESPACE } from "./agent-vm-machine";

export interface AgentVmAlarmsProps {
  readonly spec: AgentVmSpec;
  readonly instance: CoreInstance;
}

/** Longest time that a condition can be asked to hold. Source: oci_monitoring_alarm, provider 8.28.0, read 2026-11-21. */
const MAX_PENDING_MINUTES = 60;

/**
 * Rings when a machine is too busy, too full or down, and when its agent stops reporting.
 *
 * Creates seven `oci_monitoring_alarm`. Cost: none: the first 500 million metrics sent in a month are free (2024-01).
 * Not covered: an agent that has never reported. OCI knows no absence of what was never there, and forgets after three days.
 */
export class OciAgentVmAlarms extends Construct {
  private readonly name: string;
  private readonly enabled: boolean;

  constructor(scope: Construct, id: string, { spec, instance }: AgentVmAlarmsProps) {
    super(scope, id);
    this.name = `The machine of agent ${spec.governance.agentId}`;
    this.enabled = spec.enabled;
    const machine = `{resourceId = "${instance.id}"}`;
    const agent = `agentId = "${spec.governance.agentId}"`;
    const cpu = (percent: number) => ({ namespace: "oci_computeagent", query: `CpuUtilization[1m]${machine}.mean() > ${percent}` });
    const memory = `MemoryUtilization[1m]${machine}.mean() > ${WARN_PERCENT}`;
    const disk = (volume: string) => ({
      namespace: METRICS_NAMESPACE,
      query: `DiskUtilization[1m]{${agent}, volume = "${volume}"}.max() > ${WARN_PERCENT}`,
      pendingMinutes: 5,
    });
    const health = { namespace: "oci_compute_infrastructure_health", query: `instance_status[1m]${machine}.max() > 0` };
    this.watch("CpuCritical", "uses more than 90 % of its CPU for 5 minutes", { ...cpu(90), pendingMinutes: 5 });
    this.watch("CpuHigh", "uses more than 80 % of its CPU for half an hour", { ...cpu(WARN_PERCENT), pendingMinutes: 30 });
    this.watch("MemoryHigh", "uses more than 80 % of its memory", { namespace: "oci_computeagent", query: memory, pendingMinutes: 5 });
    this.watch("SystemDiskHigh", "has filled more than 80 % of its system volume", disk("system"));
    this.watch("DataDiskHigh", "has filled more than 80 % of its data volume: raise dataVolumeGiB", disk("data"));
    this.watch("InstanceCheck", "is down; OCI restores it when its hardware has failed", { ...health, pendingMinutes: 2 });
    this.watch("Heartbeat", `has an agent that stopped reporting to ${spec.governance.endpoint}`, silence(spec, agent));
  }

  private watch(id: string, meaning: string, config: Omit<AlarmConfig, "body" | "enabled">): void {
    addAlarm(this, id, { ...config, body: `${this.name} ${meaning}`, enabled: this.enabled });
  }
}

/** No delivered heartbeat for as long as it takes to miss them. */
function silence({ governance }: AgentVmSpec, agent: string): Pick<AlarmConfig, "namespace" | "query" | "pendingMinutes"> {
  const minutes = Math.ceil(silenceSeconds(governance) / 60);
  const interval = Math.max(1, minutes - MAX_PENDING_MINUTES);
  return {
    namespace: METRICS_NAMESPACE,
    query: `Heartbeats[${interval}m]{${agent}}.groupBy(agentId).absent(3d)`,
    pendingMinutes: Math.min(MAX_PENDING_MINUTES, minutes),
  };
}
