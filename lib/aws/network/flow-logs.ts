import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { AwsLogGroup } from "../log-group";
import { addServiceRole } from "../role";

export interface AwsFlowLogsProps {
  readonly vpcId: string;
  /** Days for which the logs are kept. */
  readonly retentionDays: number;
}

/** Who talked to whom in a network, accepted and rejected, in an encrypted log group. */
export class AwsFlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: AwsFlowLogsProps) {
    super(scope, id);
    const logs = new AwsLogGroup(this, "Logs", { retentionDays: props.retentionDays });
    const role = addServiceRole(this, "Role", {
      service: "vpc-flow-logs.amazonaws.com",
      statements: [
        {
          actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          resources: [logs.group.arn, `${logs.group.arn}:*`],
        },
      ],
    });
    new FlowLog(this, "Resource", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logs.group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
    });
  }
}
