import { Construct } from "constructs";
import { physicalName } from "../names";
import { LoggingLog } from "./bindings/logging-log";
import { LoggingLogGroup } from "./bindings/logging-log-group";
import { compartmentOf } from "./compartment";

/** Retention periods of OCI Logging. Source: `retention_duration` of oci_logging_log in the provider's documentation, read 2026-11-21. */
export const LOG_RETENTION_DAYS = [30, 60, 90, 120, 150, 180] as const;

/** OCI documents no longest display name of these: ours stay short. */
const MAX_NAME = 100;

export interface OciLogGroupProps {
  /** Days for which entries are kept: 30 to 180 in steps of 30. */
  readonly retentionDays: number;
}

/** What a service of OCI logs about one of its resources. */
export interface OciServiceLog {
  /** The service, such as `flowlogs` or `loadbalancer`. */
  readonly service: string;
  /** What it logs, such as `all` or `access`. */
  readonly category: string;
  /** OCID of the resource that it logs about. */
  readonly resource: string;
}

/** Logs of services, kept for a while and encrypted by OCI. */
export class OciLogGroup extends Construct {
  /** The underlying log group. */
  readonly group: LoggingLogGroup;
  private readonly retentionDays: number;

  constructor(scope: Construct, id: string, props: OciLogGroupProps) {
    super(scope, id);
    this.retentionDays = props.retentionDays;
    this.group = new LoggingLogGroup(this, "Resource", {
      compartmentId: compartmentOf(this),
      displayName: physicalName(this, { kind: "log group", maxLength: MAX_NAME }),
      description: `Logs of ${this.node.path}`.slice(0, MAX_NAME),
    });
  }

  /** Has a service log about one of its resources. */
  addLog(id: string, log: OciServiceLog): LoggingLog {
    return new LoggingLog(this, id, {
      displayName: physicalName(this, { kind: "log", maxLength: MAX_NAME, suffix: id }),
      logGroupId: this.group.id,
      logType: "SERVICE",
      isEnabled: true,
      retentionDuration: this.retentionDays,
      configuration: {
        compartmentId: compartmentOf(this),
        source: { sourceType: "OCISERVICE", service: log.service, category: log.category, resource: log.resource },
      },
    });
  }
}
