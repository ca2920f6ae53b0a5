import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import { AwsKey } from "../key";
import { AwsLogGroup } from "../log-group";
import { once } from "../../once";

/** Longest name of a cluster. Source: Amazon ECS API reference, read 2026-11-21. */
const MAX_NAME = 255;

/** Days for which commands that people ran inside containers are kept. */
const EXEC_LOG_DAYS = 365;

/**
 * Where the agent services of a stack run, with container metrics, and an encrypted log of commands that people run inside containers.
 *
 * Creates `aws_ecs_cluster` and a log group. Cost: nothing for the cluster; the container metrics are .30 USD each and month.
 * Not covered: machines of your own, Fargate Spot, a key of yours for the scratch space of tasks (AWS encrypts it with one of its own).
 */
export class AwsAgentCluster extends Construct {
  /** The cluster that all services of a stack share. */
  static of(scope: Construct): AwsAgentCluster {
    const stack = TerraformStack.of(scope);
    return once(stack, "GovernedCluster", (id) => new AwsAgentCluster(stack, id));
  }

  /** The underlying cluster. */
  readonly cluster: EcsCluster;
  /** Name of the cluster, known at synth. */
  readonly name: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.name = physicalName(this, { kind: "ECS cluster", maxLength: MAX_NAME });
    const commands = new AwsLogGroup(this, "Commands", { retentionDays: EXEC_LOG_DAYS });
    this.cluster = new EcsCluster(this, "Resource", {
      name: this.name,
      setting: [{ name: "containerInsights", value: "enabled" }],
      configuration: {
        executeCommandConfiguration: {
          kmsKeyId: AwsKey.of(this).arn,
          logging: "OVERRIDE",
          logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: commands.group.name },
        },
      },
    });
  }
}
