import { Construct } from "constructs";
import { OciLogGroup } from "../log-group";

export interface OciFlowLogsProps {
  /** OCIDs of the subnets by the name that their log gets. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** Days for which the logs are kept. */
  readonly retentionDays: number;
}

/**
 * Who talked to whom in the subnets of a network, accepted and rejected: `all` takes every packet, without a capture filter.
 * @see https://docs.oracle.com/iaas/Content/Logging/Reference/details_for_vcn_flow_logs.htm
 */
export class OciFlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: OciFlowLogsProps) {
    super(scope, id);
    const logs = new OciLogGroup(this, "Logs", { retentionDays: props.retentionDays });
    for (const [name, resource] of Object.entries(props.subnetIds)) {
      logs.addLog(name, { service: "flowlogs", category: "all", resource });
    }
  }
}
