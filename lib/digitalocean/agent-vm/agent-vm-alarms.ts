import { UptimeAlert } from "@cdktf/provider-digitalocean/lib/uptime-alert";
import { UptimeCheck } from "@cdktf/provider-digitalocean/lib/uptime-check";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { WARN_PERCENT, type AgentVmSpec } from "../../spec/agent-vm";
import { silenceSeconds } from "../../spec/governance";
import { addAlert, DigitalOceanAlarms, type AlertConfig } from "../alarms";

export interface AgentVmAlarmsProps {
  readonly spec: AgentVmSpec;
  /** The tag that only this machine carries. */
  readonly tag: string;
  /** An address that answers while heartbeats arrive. */
  readonly livenessUrl?: string;
}

type Watched = Pick<AlertConfig, "type" | "value" | "window"> & { readonly meaning: string };

const MAX_NAME = 255;

/** Times after which an uptime alert can ring. Source: digitalocean_uptime_alert in the provider 2.71.0, read 2026-11-21. */
const PERIODS = [
  [120, "2m"],
  [180, "3m"],
  [300, "5m"],
  [600, "10m"],
  [900, "15m"],
  [1800, "30m"],
  [3600, "1h"],
] as const;

/**
 * Rings when a machine is too busy or too full, and with a liveness address when its heartbeats stop arriving. The alerts follow the
 * machine's tag, so that they outlive a machine that is replaced.
 *
 * Creates four `digitalocean_monitor_alert`, and with a liveness address `digitalocean_uptime_check` and `digitalocean_uptime_alert`.
 * Cost: monitoring is free; an uptime check is 1.00 USD a month (2026-03).
 */
export class DigitalOceanAgentVmAlarms extends Construct {
  private readonly name: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AgentVmAlarmsProps,
  ) {
    super(scope, id);
    this.name = `The machine of agent ${props.spec.governance.agentId}`;
    const cpu = { type: "v1/insights/droplet/cpu" } as const;
    const full = { value: WARN_PERCENT, window: "5m" } as const;
    this.watch("CpuCritical", { ...cpu, value: 90, window: "5m", meaning: "uses more than 90 % of its CPU for 5 minutes" });
    this.watch("CpuHigh", { ...cpu, value: WARN_PERCENT, window: "30m", meaning: "uses more than 80 % of its CPU for half an hour" });
    this.watch("MemoryHigh", {
      ...full,
      type: "v1/insights/droplet/memory_utilization_percent",
      meaning: "uses more than 80 % of its memory",
    });
    this.watch("DiskHigh", {
      ...full,
      type: "v1/insights/droplet/disk_utilization_percent",
      meaning: "has filled more than 80 % of a volume",
    });
    if (props.livenessUrl !== undefined) this.watchLiveness(props.livenessUrl);
  }

  private watch(id: string, { meaning, ...metric }: Watched): void {
    addAlert(this, id, {
      ...metric,
      description: `${this.name} ${meaning}`,
      compare: "GreaterThan",
      tags: [this.props.tag],
      enabled: this.props.spec.enabled,
    });
  }

  private watchLiveness(target: string): void {
    const alarms = DigitalOceanAlarms.of(this);
    alarms.need(this.node.path);
    const { governance, enabled } = this.props.spec;
    const silence = silenceSeconds(governance);
    const check = new UptimeCheck(this, "Liveness", {
      name: physicalName(this, { kind: "uptime check", maxLength: MAX_NAME }),
      target,
      type: "https",
      enabled,
    });
    new UptimeAlert(this, "Silent", {
      name: physicalName(this, { kind: "uptime alert", maxLength: MAX_NAME }),
      checkId: check.id,
      type: "down_global",
      period: (PERIODS.find(([seconds]) => seconds >= silence) ?? PERIODS[PERIODS.length - 1])?.[1],
      notifications: [{ email: alarms.emails, slack: alarms.slack }],
    });
  }
}
