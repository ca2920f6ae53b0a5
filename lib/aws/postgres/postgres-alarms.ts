import type { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import type { Construct } from "constructs";
import { addAlarm, type AlarmConfig } from "../alarms";
import { INSTANCE_SIZES, type AwsPostgresSpec } from "./postgres-limits";

const GIB = 2 ** 30;

/** RDS allows one connection for each of these bytes of memory, 5000 at most. Source: RDS user guide, "Maximum number of database connections", read 2026-11-21. */
const BYTES_PER_CONNECTION = 9_531_392;
const MAX_CONNECTIONS = 5000;

/** The operating system takes part of the memory, on small instances a third: the alarm has to ring before the real limit. */
const CONNECTIONS_RATIO = 0.6;

/** Storage that is left when the alarm rings; with autoscaling RDS grows at the same point. */
const FREE_STORAGE_RATIO = 0.1;

const CPU_PERCENT = 80;
const REPLICA_LAG_SECONDS = 60;

/** Alarms that the database and its replicas have. */
export function addInstanceAlarms(scope: Construct, instance: DbInstance, spec: AwsPostgresSpec): void {
  const path = scope.node.path;
  add(scope, "CpuAlarm", instance, {
    alarmDescription: `${path} has used more than ${CPU_PERCENT} % of its processor for 15 minutes`,
    metricName: "CPUUtilization",
    comparisonOperator: "GreaterThanThreshold",
    threshold: CPU_PERCENT,
  });
  add(scope, "StorageAlarm", instance, {
    alarmDescription: `${path} has less than a tenth of its storage left`,
    metricName: "FreeStorageSpace",
    comparisonOperator: "LessThanThreshold",
    threshold: spec.storageGiB * GIB * FREE_STORAGE_RATIO,
  });
  add(scope, "ConnectionsAlarm", instance, {
    alarmDescription: `${path} is running out of connections`,
    metricName: "DatabaseConnections",
    comparisonOperator: "GreaterThanThreshold",
    threshold: connectionsAlarm(spec),
  });
}

/** An alarm for a replica that falls behind. */
export function addLagAlarm(scope: Construct, replica: DbInstance): void {
  add(scope, "LagAlarm", replica, {
    alarmDescription: `${scope.node.path} is more than ${REPLICA_LAG_SECONDS} seconds behind`,
    metricName: "ReplicaLag",
    comparisonOperator: "GreaterThanThreshold",
    threshold: REPLICA_LAG_SECONDS,
  });
}

function connectionsAlarm(spec: AwsPostgresSpec): number {
  const limit = Math.min(MAX_CONNECTIONS, (INSTANCE_SIZES[spec.size].memoryGiB * GIB) / BYTES_PER_CONNECTION);
  return Math.floor(limit * CONNECTIONS_RATIO);
}

type Watched = Pick<AlarmConfig, "alarmDescription" | "metricName" | "comparisonOperator" | "threshold">;

function add(scope: Construct, id: string, instance: DbInstance, watched: Watched): void {
  addAlarm(scope, id, {
    ...watched,
    namespace: "AWS/RDS",
    dimensions: { DBInstanceIdentifier: instance.identifier },
    statistic: "Average",
    period: 300,
    evaluationPeriods: 3,
  });
}
