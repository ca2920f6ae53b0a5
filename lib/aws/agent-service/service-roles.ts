import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import type { WholeAgentServiceSpec } from "../../spec/agent-service";
import { isToken } from "../../spec/check";
import { ECR_IMAGE } from "./fargate";
import type { IAwsPostgres } from "../postgres/postgres";
import { surroundings } from "../region";
import { addPolicy, addServiceRole } from "../role";
import { secretStatements } from "../secret";

const TASKS = "ecs-tasks.amazonaws.com";

/** What starts the containers: it pulls the images, hands over the secrets and writes the logs. The agent itself never has this role. */
export interface ExecutionRole {
  readonly role: IamRole;
  /** What has to be there before a task can start. */
  readonly policy: IamRolePolicy;
}

export function addExecutionRole(
  scope: Construct,
  spec: WholeAgentServiceSpec,
  logGroupArns: readonly string[],
  database: IAwsPostgres | undefined,
): ExecutionRole {
  const role = addServiceRole(scope, "ExecutionRole", { service: TASKS });
  const policy = addPolicy(scope, "ExecutionRolePolicy", role, [
    { sid: "WriteLogs", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: logGroupArns.map((arn) => `${arn}:*`) },
    ...secretStatements(scope, secretsOf(spec, database)),
    ...imageStatements(scope, imagesOf(spec)),
  ]);
  return { role, policy };
}

/** The agent's own identity. It may do nothing until it is allowed to, never touch what governs it, and nothing at all when it is switched off. */
export function addTaskRole(scope: Construct, enabled: boolean): IamRole {
  const role = addServiceRole(scope, "TaskRole", { service: TASKS });
  addPolicy(scope, "TaskRoleGuard", role, [enabled ? KEEP_GOVERNED : SWITCHED_OFF]);
  return role;
}

const KEEP_GOVERNED: DataAwsIamPolicyDocumentStatement = {
  sid: "KeepGoverned",
  effect: "Deny",
  actions: [
    "logs:Delete*",
    "logs:PutRetentionPolicy",
    "cloudwatch:DeleteAlarms",
    "cloudwatch:DisableAlarmActions",
    "cloudwatch:PutMetricAlarm",
    "cloudwatch:SetAlarmState",
  ],
  resources: ["*"],
};

const SWITCHED_OFF: DataAwsIamPolicyDocumentStatement = { sid: "SwitchedOff", effect: "Deny", actions: ["*"], resources: ["*"] };

function secretsOf(spec: WholeAgentServiceSpec, database: IAwsPostgres | undefined): string[] {
  const containers = [spec.agent, ...Object.values(spec.sidecars)];
  return [
    spec.governance.keySecret,
    ...containers.flatMap((container) => Object.values(container.secrets ?? {})),
    ...(spec.registrySecret === undefined ? [] : [spec.registrySecret]),
    ...(database === undefined ? [] : [database.secretArn]),
  ];
}

function imagesOf(spec: WholeAgentServiceSpec): string[] {
  return [spec.agent, spec.reporter, ...Object.values(spec.sidecars)].map((container) => container.image);
}

/** Pulling from ECR; other registries need no permission. An image known only after apply may be in any repository of the account. */
function imageStatements(scope: Construct, images: readonly string[]): DataAwsIamPolicyDocumentStatement[] {
  const { account, partition, region } = surroundings(scope);
  const repositories = images.flatMap((image) => {
    if (isToken(image)) return [`arn:${partition}:ecr:${region}:${account}:repository/*`];
    const [, owner, place, name] = ECR_IMAGE.exec(image) ?? [];
    return owner === undefined ? [] : [`arn:${partition}:ecr:${place}:${owner}:repository/${name}`];
  });
  if (repositories.length === 0) return [];
  return [
    { sid: "SignInToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      sid: "PullImages",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [...new Set(repositories)],
    },
  ];
}
