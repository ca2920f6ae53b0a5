import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { physicalName } from "../../names";
import type { AwsFirewall } from "../network/firewall";
import { AwsKey } from "../key";
import { AwsLogGroup } from "../log-group";
import { INSTANCE_SIZES, type AwsPostgresSpec } from "./postgres-limits";
import { addServiceRole } from "../role";

/** Longest names. Source: Amazon RDS quotas and constraints, read 2026-11-21. */
const MAX_IDENTIFIER = 63;
const MAX_GROUP = 255;

/** Certificate authority of the server certificate: RSA 2048, valid until 2061. Source: RDS user guide, "Using SSL/TLS", read 2026-11-21. */
const CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1";

/** Days of performance data that cost nothing. Source: RDS user guide, "Database Insights" (standard mode), read 2026-11-21. */
const INSIGHTS_DAYS = 7;
const MONITORING_SECONDS = 60;
const SLOW_STATEMENT_MS = 1000;
const EXPORTED_LOGS = ["postgresql", "upgrade"] as const;
const MONITORING_POLICY = "AmazonRDSEnhancedMonitoringRole";

/** What the database and its replicas have in common. */
export interface PostgresParts {
  readonly spec: AwsPostgresSpec;
  readonly firewall: AwsFirewall;
  readonly parameters: DbParameterGroup;
  readonly monitoringRole: IamRole;
  /** What has to be there before the role can be used. */
  readonly monitoringPolicy: ITerraformDependable;
}

/** The role with which RDS reports what the operating system measures. */
export function addMonitoringRole(scope: Construct): Pick<PostgresParts, "monitoringRole" | "monitoringPolicy"> {
  const monitoringRole = addServiceRole(scope, "MonitoringRole", {
    service: "monitoring.rds.amazonaws.com",
    managedPolicies: [`service-role/${MONITORING_POLICY}`],
  });
  const monitoringPolicy = scope.node.findChild(`MonitoringRole-${MONITORING_POLICY}`) as Construct & ITerraformDependable;
  return { monitoringRole, monitoringPolicy };
}

/**
 * Settings of the server: TLS only, changes of the schema and slow statements in the log.
 * The name carries the version, because a group belongs to one major version and the new one has to be there before the old one goes.
 */
export function addParameters(scope: Construct, spec: AwsPostgresSpec): DbParameterGroup {
  return new DbParameterGroup(scope, "Parameters", {
    name: physicalName(scope, { kind: "RDS parameter group", maxLength: MAX_GROUP, suffix: `v${spec.version}` }),
    description: `Settings of ${scope.node.path}`.slice(0, MAX_GROUP),
    family: `postgres${spec.version}`,
    parameter: [
      { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" },
      { name: "log_statement", value: "ddl", applyMethod: "immediate" },
      { name: "log_min_duration_statement", value: String(SLOW_STATEMENT_MS), applyMethod: "immediate" },
    ],
    lifecycle: { createBeforeDestroy: true },
  });
}

/** The name of a database at RDS. */
export function identifierOf(construct: Construct): string {
  return physicalName(construct, { kind: "RDS instance", maxLength: MAX_IDENTIFIER });
}

/** Configuration that the database and its replicas share; their log groups are made first, or RDS would make them without key and end. */
export function instanceConfig(scope: Construct, identifier: string, parts: PostgresParts): DbInstanceConfig {
  const { spec } = parts;
  const key = AwsKey.of(scope).arn;
  return {
    identifier,
    instanceClass: INSTANCE_SIZES[spec.size].instanceClass,
    storageType: "gp3",
    storageEncrypted: true,
    maxAllocatedStorage: spec.maxStorageGiB,
    port: spec.port,
    publiclyAccessible: false,
    vpcSecurityGroupIds: [parts.firewall.securityGroup.id],
    parameterGroupName: parts.parameters.name,
    caCertIdentifier: CERTIFICATE_AUTHORITY,
    iamDatabaseAuthenticationEnabled: true,
    autoMinorVersionUpgrade: true,
    copyTagsToSnapshot: true,
    maintenanceWindow: rdsMaintenanceWindow(spec.maintenanceWindow),
    enabledCloudwatchLogsExports: [...EXPORTED_LOGS],
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: key,
    performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
    monitoringInterval: MONITORING_SECONDS,
    monitoringRoleArn: parts.monitoringRole.arn,
    dependsOn: [...addLogs(scope, identifier, spec.logRetentionDays), parts.monitoringPolicy],
  };
}

function addLogs(scope: Construct, identifier: string, retentionDays: number): CloudwatchLogGroup[] {
  return EXPORTED_LOGS.map((log) => {
    const name = `/aws/rds/instance/${identifier}/${log}`;
    return new AwsLogGroup(scope, `Logs-${log}`, { name, retentionDays }).group;
  });
}

/** `Sunday 02:00-04:00` as RDS writes it: `sun:02:00-sun:04:00`. */
function rdsMaintenanceWindow(window: string): string {
  const [day = "", time = ""] = window.split(" ");
  const [start, end] = time.split("-");
  const short = day.slice(0, 3).toLowerCase();
  return `${short}:${start}-${short}:${end}`;
}
