import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { physicalName } from "../names";
import { AwsKey } from "./key";

export interface AwsLogGroupProps {
  /** Days for which entries are kept; a period that CloudWatch Logs knows. */
  readonly retentionDays: number;
  /**
   * Prefix that AWS asks of some log groups, such as `aws-waf-logs-`.
   * @default "/governed-agents/"
   */
  readonly namePrefix?: string;
  /**
   * The whole name, where AWS fixes it.
   * @default - made from the construct path
   */
  readonly name?: string;
}

/** Longest name of a log group. Source: CloudWatch Logs API reference, read 2026-11-21. */
const MAX_NAME = 512;

/** Logs, encrypted with the stack's key. */
export class AwsLogGroup extends Construct {
  /** The underlying log group. */
  readonly group: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: AwsLogGroupProps) {
    super(scope, id);
    this.group = new CloudwatchLogGroup(this, "Resource", {
      name: props.name ?? physicalName(this, { kind: "log group", prefix: props.namePrefix ?? "/governed-agents/", maxLength: MAX_NAME }),
      retentionInDays: props.retentionDays,
      kmsKeyId: AwsKey.of(this).arn,
    });
  }
}
