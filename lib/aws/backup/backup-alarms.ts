import type { Construct } from "constructs";
import type { BackupSpec } from "../../spec/backup";
import { addAlarm } from "../alarms";

/** Longest time that an alarm looks back, and longest period. Source: PutMetricAlarm in the CloudWatch API reference, read 2026-11-21. */
const MAX_LOOK_BACK_SECONDS = 7 * 86400;
const MAX_PERIOD_SECONDS = 86400;

/** Alarms on backups that failed, never began or are missing, and on test restores that failed. AWS Backup counts them for each vault. */
export function addBackupAlarms(scope: Construct, spec: BackupSpec, vaultName: string): void {
  const failures = {
    namespace: "AWS/Backup",
    dimensions: { BackupVaultName: vaultName },
    statistic: "Sum",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    period: 300,
    evaluationPeriods: 1,
    treatMissingData: "notBreaching",
  };
  const path = scope.node.path;
  const alarm = (id: string, metricName: string, what: string) =>
    addAlarm(scope, id, { ...failures, metricName, alarmDescription: `${what} in the vault of ${path}` });
  alarm("BackupFailed", "NumberOfBackupJobsFailed", "A backup has failed");
  alarm("BackupExpired", "NumberOfBackupJobsExpired", "A backup did not begin within its start window");
  if (spec.restoreTesting !== undefined) alarm("RestoreFailed", "NumberOfRestoreJobsFailed", "A test restore has failed");
  addMissingAlarm(scope, spec, vaultName);
}

/** Rings when nothing was backed up for twice the RPO. Weekly and monthly schedules are too slow for an alarm to see that. */
function addMissingAlarm(scope: Construct, spec: BackupSpec, vaultName: string): void {
  const seconds = 2 * spec.rpoMinutes * 60;
  if (seconds > MAX_LOOK_BACK_SECONDS) return;
  addAlarm(scope, "BackupMissing", {
    alarmDescription: `No backup was completed for ${Math.round(seconds / 3600)} hours in the vault of ${scope.node.path}`,
    namespace: "AWS/Backup",
    metricName: "NumberOfBackupJobsCompleted",
    dimensions: { BackupVaultName: vaultName },
    statistic: "Sum",
    comparisonOperator: "LessThanThreshold",
    threshold: 1,
    period: Math.min(seconds, MAX_PERIOD_SECONDS),
    evaluationPeriods: Math.ceil(seconds / MAX_PERIOD_SECONDS),
    treatMissingData: "breaching",
  });
}
