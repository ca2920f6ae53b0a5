import { CloudwatchMetricAlarm, type CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataAwsIamPolicyDocument, type DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../names";
import { checkEmail } from "../spec/email";
import { AwsKey } from "./key";
import { surroundings, type Surroundings } from "./region";
import { once } from "../once";

/** Longest topic and alarm names. Sources: Amazon SNS and CloudWatch API references, read 2026-11-21. */
const MAX_TOPIC = 256;
const MAX_ALARM = 255;

/**
 * Where the alarms of a stack go: one encrypted topic that people and tools subscribe to.
 *
 * Creates `aws_sns_topic` with a policy that takes messages over TLS from this account only. Cost: nothing until it is used.
 * Not covered: who is on call; add addresses with `addEmail`, or subscribe a paging service to `topic`.
 */
export class AwsAlarms extends Construct {
  /** The topic that all constructs of a stack share. */
  static of(scope: Construct): AwsAlarms {
    const stack = TerraformStack.of(scope);
    return once(stack, "GovernedAlarms", (id) => new AwsAlarms(stack, id));
  }

  /** The underlying topic. */
  readonly topic: SnsTopic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.topic = new SnsTopic(this, "Resource", {
      name: physicalName(this, { kind: "SNS topic", maxLength: MAX_TOPIC }),
      kmsMasterKeyId: AwsKey.of(this).arn,
    });
    const policy = new DataAwsIamPolicyDocument(this, "PolicyDocument", { statement: statements(this.topic.arn, surroundings(this)) });
    new SnsTopicPolicy(this, "Policy", { arn: this.topic.arn, policy: policy.json });
  }

  /**
   * Sends alarms to an address; the owner of the address has to confirm once.
   * @throws IntentError when it is not an e-mail address.
   */
  addEmail(address: string): void {
    checkEmail(this.node.path, address);
    new SnsTopicSubscription(this, `Email-${address}`, { topicArn: this.topic.arn, protocol: "email", endpoint: address });
  }
}

/** What an alarm watches; it reports to the stack's topic both when it rings and when it is over. */
export type AlarmConfig = Omit<CloudwatchMetricAlarmConfig, "alarmName" | "alarmActions" | "okActions" | "alarmDescription"> & {
  /** What it means when it rings, for the person who is woken up. */
  readonly alarmDescription: string;
  /** Actions beside the notification, such as the recovery of an instance. */
  readonly extraActions?: readonly string[];
};

/** An alarm that reports to the stack's topic. */
export function addAlarm(scope: Construct, id: string, { extraActions = [], ...config }: AlarmConfig): CloudwatchMetricAlarm {
  const topic = AwsAlarms.of(scope).topic.arn;
  const name = physicalName(scope, { kind: "CloudWatch alarm", maxLength: MAX_ALARM, suffix: id });
  return new CloudwatchMetricAlarm(scope, id, { ...config, alarmName: name, alarmActions: [topic, ...extraActions], okActions: [topic] });
}

function statements(topic: string, { account }: Surroundings): DataAwsIamPolicyDocumentStatement[] {
  return [
    {
      sid: "AlarmsOfThisAccount",
      actions: ["sns:Publish"],
      resources: [topic],
      principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com", "events.amazonaws.com", "backup.amazonaws.com"] }],
      condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [account] }],
    },
    {
      sid: "RefusePlainText",
      effect: "Deny",
      actions: ["sns:Publish"],
      resources: [topic],
      principals: [{ type: "AWS", identifiers: ["*"] }],
      condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
    },
  ];
}
