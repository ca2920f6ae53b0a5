import type { DatabaseCluster } from "@cdktf/provider-digitalocean/lib/database-cluster";
import type { Construct } from "constructs";
import { addAlert } from "../alarms";

/** What is watched, by id of the alert: the metric and when it rings, in percent. */
const WATCHED = {
  CpuAlarm: { metric: "cpu", percent: 80, of: "processor" },
  MemoryAlarm: { metric: "memory_utilization", percent: 90, of: "memory" },
  StorageAlarm: { metric: "disk_utilization", percent: 90, of: "storage" },
} as const;

/** Alarms that every database has; they report to the stack's targets. */
export function addClusterAlarms(scope: Construct, cluster: DatabaseCluster): void {
  for (const [id, { metric, of, percent }] of Object.entries(WATCHED)) {
    addAlert(scope, id, {
      description: `${scope.node.path} has used more than ${percent} % of its ${of} for 30 minutes`,
      type: `v1/dbaas/alerts/${metric}_alerts`,
      compare: "GreaterThan",
      value: percent,
      window: "30m",
      enabled: true,
      entities: [cluster.id],
    });
  }
}
