import type { Construct } from "constructs";
import type { MonitoringAlarm } from "../bindings/monitoring-alarm";
import { addAlarm } from "../alarms";
import type { OciAgentServiceSpec } from "./agent-service";

/** Source: https://docs.oracle.com/en-us/iaas/Content/container-instances/container-instance-metrics.htm, read 2026-11-21. */
const NAMESPACE = "oci_computecontainerinstance";

const HIGH_PERCENT = 90;
const MINUTES = 5;

/** The alarms of a service; its copies share their display name. */
export interface ServiceAlarms {
  readonly cpu: MonitoringAlarm;
  readonly memory: MonitoringAlarm;
  readonly silent: MonitoringAlarm;
}

export function addServiceAlarms(scope: Construct, spec: OciAgentServiceSpec, displayName: string): ServiceAlarms {
  const { agentId } = spec.governance;
  const copies = `{resourceDisplayName = "${displayName}"}`;
  const common = { namespace: NAMESPACE, pendingMinutes: MINUTES, enabled: spec.enabled };
  const high = (id: string, what: string, metric: string) =>
    addAlarm(scope, id, {
      ...common,
      body: `${what} of a copy of agent ${agentId} is above ${HIGH_PERCENT} % for ${MINUTES} minutes: raise replicas or the size`,
      query: `${metric}[1m]${copies}.mean() > ${HIGH_PERCENT}`,
    });
  return {
    cpu: high("CpuHigh", "CPU", "CpuUtilization"),
    memory: high("MemoryHigh", "Memory", "MemoryUtilization"),
    silent: addAlarm(scope, "CopiesSilent", {
      ...common,
      body: `A copy of agent ${agentId} is not there any more: look at its container instance`,
      query: `CpuUtilization[1m]${copies}.absent()`,
    }),
  };
}
