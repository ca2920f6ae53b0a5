import type { Construct } from "constructs";
import { addAlarm } from "../alarms";
import type { PsqlDbSystem } from "../bindings/psql-db-system";

/** Source: https://docs.oracle.com/en-us/iaas/Content/postgresql/metrics.htm, read 2026-11-21. */
const NAMESPACE = "oci_postgresql";

/** What is watched, by id of the alarm, in percent. Storage grows with the data, so nothing can be full. */
const WATCHED = {
  CpuAlarm: { metric: "CpuUtilization", percent: 80, of: "processor" },
  MemoryAlarm: { metric: "MemoryUtilization", percent: 90, of: "memory" },
} as const;

/** Alarms that every database has, for its busiest node; they report to the stack's topic. */
export function addSystemAlarms(scope: Construct, system: PsqlDbSystem): void {
  for (const [id, { metric, of, percent }] of Object.entries(WATCHED)) {
    addAlarm(scope, id, {
      namespace: NAMESPACE,
      query: `${metric}[5m]{resourceId = "${system.id}"}.grouping().max() > ${percent}`,
      body: `${scope.node.path} has used more than ${percent} % of its ${of} for 15 minutes`,
      pendingMinutes: 15,
      severity: "CRITICAL",
    });
  }
}
