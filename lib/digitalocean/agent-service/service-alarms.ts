import type { AppSpecAlert, AppSpecServiceAlert } from "@cdktf/provider-digitalocean/lib/app";
import type { Construct } from "constructs";
import { DigitalOceanAlarms } from "../alarms";
import type { DigitalOceanAgentServiceSpec } from "./agent-service";

const HIGH_PERCENT = 90;
const MANY_RESTARTS = 3;

/** The alerts of a service; without targets in the stack App Platform sends them to the owner of the account. */
export interface ServiceAlarms {
  /** Of the whole app. */
  readonly app: AppSpecAlert[];
  /** Of its only component. */
  readonly component: AppSpecServiceAlert[];
}

export function serviceAlarms(scope: Construct, spec: DigitalOceanAgentServiceSpec): ServiceAlarms {
  const { emails, slack: slackWebhooks } = DigitalOceanAlarms.of(scope);
  const common = { destinations: { emails, slackWebhooks }, disabled: !spec.enabled };
  const above = (rule: string, value: number) => ({ ...common, rule, value, operator: "GREATER_THAN", window: "FIVE_MINUTES" });
  const rules = [
    "DEPLOYMENT_FAILED",
    ...(spec.route?.domain === undefined ? [] : ["DOMAIN_FAILED"]),
    ...(spec.replicas.cpuPercent === undefined ? [] : ["AUTOSCALE_FAILED"]),
  ];
  return {
    app: rules.map((rule) => ({ ...common, rule })),
    component: [above("CPU_UTILIZATION", HIGH_PERCENT), above("MEM_UTILIZATION", HIGH_PERCENT), above("RESTART_COUNT", MANY_RESTARTS)],
  };
}
