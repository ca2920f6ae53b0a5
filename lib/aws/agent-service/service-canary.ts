import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { CodedeployApp } from "@cdktf/provider-aws/lib/codedeploy-app";
import { CodedeployDeploymentConfig } from "@cdktf/provider-aws/lib/codedeploy-deployment-config";
import {
  CodedeployDeploymentGroup,
  type CodedeployDeploymentGroupLoadBalancerInfoTargetGroupPairInfo,
} from "@cdktf/provider-aws/lib/codedeploy-deployment-group";
import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Fn, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../../names";
import type { CanaryProps } from "../../spec/rollout";
import type { AwsBalancerRoute } from "../load-balancer/balancer-route";
import { surroundings } from "../region";
import { once } from "../../once";
import { addServiceRole } from "../role";

/** Longest names of applications, groups and configurations. Source: AWS CodeDeploy quotas, read 2026-11-21. */
const MAX_NAME = 100;

/** Steps that AWS has already. Source: AWS CodeDeploy user guide, deployment configurations on Amazon ECS, read 2026-11-21. */
const PREDEFINED = ["CodeDeployDefault.ECSCanary10Percent5Minutes", "CodeDeployDefault.ECSCanary10Percent15Minutes"];

/** Minutes for which the old copies are kept after a deployment, for a quick way back. */
const KEEP_OLD_MINUTES = 15;

export interface ServiceCanaryProps {
  readonly canary: CanaryProps;
  readonly clusterName: string;
  readonly service: EcsService;
  readonly route: AwsBalancerRoute;
  /** Alarms that stop a deployment and send it back. */
  readonly alarms: readonly CloudwatchMetricAlarm[];
  /** Roles that the tasks have. */
  readonly taskRoles: readonly IamRole[];
}

/**
 * Deployments that give the new version a part of the traffic first, and go back by themselves when an alarm rings.
 *
 * Creates `aws_codedeploy_app`, `aws_codedeploy_deployment_group` and a role; one `aws_codedeploy_deployment_config` for all services of a stack that
 * share percent and minutes, because an account has 50 at most, and none where AWS has one (10 % for 5 or 15 minutes). Cost: nothing beside the copies that run twice during a deployment.
 */
export class AwsServiceCanary extends Construct {
  /** The underlying deployment group. */
  readonly group: CodedeployDeploymentGroup;

  constructor(scope: Construct, id: string, props: ServiceCanaryProps) {
    super(scope, id);
    const app = new CodedeployApp(this, "Application", {
      name: physicalName(this, { kind: "CodeDeploy application", maxLength: MAX_NAME }),
      computePlatform: "ECS",
    });
    const role = addServiceRole(this, "Role", {
      service: "codedeploy.amazonaws.com",
      statements: [...taskStatements(this, props), ...trafficStatements(props.route)],
    });
    this.group = new CodedeployDeploymentGroup(this, "Resource", {
      appName: app.name,
      deploymentGroupName: physicalName(this, { kind: "CodeDeploy deployment group", maxLength: MAX_NAME }),
      deploymentConfigName: deploymentConfig(this, props.canary),
      serviceRoleArn: role.arn,
      deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
      blueGreenDeploymentConfig: {
        deploymentReadyOption: { actionOnTimeout: "CONTINUE_DEPLOYMENT" },
        terminateBlueInstancesOnDeploymentSuccess: { action: "TERMINATE", terminationWaitTimeInMinutes: KEEP_OLD_MINUTES },
      },
      autoRollbackConfiguration: {
        enabled: true,
        events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
      },
      alarmConfiguration: { enabled: true, alarms: props.alarms.map((alarm) => alarm.alarmName) },
      ecsService: { clusterName: props.clusterName, serviceName: props.service.name },
      loadBalancerInfo: { targetGroupPairInfo: targetGroups(props.route) },
    });
  }
}

/** What a deployment does to the service: new copies beside the old ones, with the same roles. */
function taskStatements(scope: Construct, { clusterName, service, taskRoles }: ServiceCanaryProps): DataAwsIamPolicyDocumentStatement[] {
  const { account, partition, region } = surroundings(scope);
  const place = `${clusterName}/${service.name}`;
  const ecs = (kind: string, name: string) => `arn:${partition}:ecs:${region}:${account}:${kind}/${name}`;
  return [
    {
      sid: "ReplaceTasks",
      actions: ["ecs:DescribeServices", "ecs:CreateTaskSet", "ecs:UpdateServicePrimaryTaskSet", "ecs:DeleteTaskSet"],
      resources: [ecs("service", place), ecs("task-set", `${place}/*`)],
    },
    {
      sid: "HandRolesToTasks",
      actions: ["iam:PassRole"],
      resources: taskRoles.map((role) => role.arn),
      condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: ["ecs-tasks.amazonaws.com"] }],
    },
    {
      sid: "ReadAlarms",
      actions: ["cloudwatch:DescribeAlarms"],
      resources: [`arn:${partition}:cloudwatch:${region}:${account}:alarm:*`],
    },
  ];
}

/** What a deployment does to the load balancer. AWS takes no narrower resource for looking at it. */
function trafficStatements({ listenerArn, testListenerArn }: AwsBalancerRoute): DataAwsIamPolicyDocumentStatement[] {
  const listeners = testListenerArn === undefined ? [listenerArn] : [listenerArn, testListenerArn];
  return [
    {
      sid: "MoveTraffic",
      actions: ["elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyRule"],
      resources: [...listeners, ...listeners.map((arn) => `${ruleArn(arn)}/*`)],
    },
    {
      sid: "LookAround",
      actions: ["DescribeListeners", "DescribeRules", "DescribeTargetGroups"].map((action) => `elasticloadbalancing:${action}`),
      resources: ["*"],
    },
  ];
}

/** The name of the steps: one of AWS, or one that the services of a stack share. */
function deploymentConfig(scope: Construct, { percent, minutes }: CanaryProps): string {
  const predefined = `CodeDeployDefault.ECSCanary${percent}Percent${minutes}Minutes`;
  return PREDEFINED.includes(predefined) ? predefined : sharedConfig(scope, { percent, minutes }).deploymentConfigName;
}

function sharedConfig(scope: Construct, { percent, minutes }: CanaryProps): CodedeployDeploymentConfig {
  const stack = TerraformStack.of(scope);
  const name = `${stack.node.id}-canary-${percent}-percent-${minutes}-minutes`;
  return once(
    stack,
    `GovernedCanary-${percent}-${minutes}`,
    (id) =>
      new CodedeployDeploymentConfig(stack, id, {
        deploymentConfigName: name,
        computePlatform: "ECS",
        trafficRoutingConfig: { type: "TimeBasedCanary", timeBasedCanary: { percentage: percent, interval: minutes } },
      }),
  );
}

function targetGroups(route: AwsBalancerRoute): CodedeployDeploymentGroupLoadBalancerInfoTargetGroupPairInfo {
  const groups = [route.targetGroup, route.canaryTargetGroup as LbTargetGroup];
  return {
    prodTrafficRoute: { listenerArns: [route.listenerArn] },
    testTrafficRoute: route.testListenerArn === undefined ? undefined : { listenerArns: [route.testListenerArn] },
    targetGroup: groups.map((group) => ({ name: group.name })),
  };
}

/** The rules of a listener have its ARN with another kind in it. */
function ruleArn(listenerArn: string): string {
  return Fn.replace(listenerArn, ":listener/", ":listener-rule/");
}
