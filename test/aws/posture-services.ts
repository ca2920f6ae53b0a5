import { LATER, type PostureCase } from "./posture-case";

/** Resources in plain JSON, and what has to be said of them. */
export const SERVICES: readonly PostureCase[] = [
  [
    "targets by HTTP",
    "aws_lb_target_group",
    { protocol: "HTTP", health_check: { enabled: false } },
    { encrypted: false, healthChecked: false },
  ],
  [
    "a web firewall that only counts",
    "aws_wafv2_web_acl",
    {
      rule: [
        { override_action: { count: {} }, statement: { managed_rule_group_statement: { name: "AWSManagedRulesKnownBadInputsRuleSet" } } },
      ],
    },
    { blocksKnownAttacks: false, limitsRate: false, logged: false },
  ],
  [
    "an imported certificate",
    "aws_acm_certificate",
    { certificate_body: LATER, private_key: LATER },
    { renewsItself: false, replacedBeforeDestroyed: false },
  ],
  [
    "a key that anyone may use",
    "aws_kms_key",
    { policy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":"kms:*","Resource":"*"}]}', deletion_window_in_days: 7 },
    { rotated: false, public: true, deletionDays: 7 },
  ],
  [
    "an administrator by name",
    "aws_iam_role_policy_attachment",
    { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    { fullAccess: true },
  ],
  [
    "a policy for everything",
    "aws_iam_policy",
    { policy: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' },
    { fullAccess: true, broadWrites: ["*"] },
  ],
  [
    "a policy that reads broadly",
    "aws_iam_role_policy",
    { policy: '{"Statement":[{"Effect":"Allow","Action":["s3:Get*","ec2:DescribeInstances"],"Resource":"*"}]}' },
    { fullAccess: false, broadWrites: [] },
  ],
  [
    "a policy that writes broadly",
    "aws_iam_user_policy",
    {
      policy:
        '{"Statement":[{"Effect":"Allow","Action":["s3:*","ec2:RunInstances"],"Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*"}]}',
    },
    { broadWrites: ["s3:*"] },
  ],
  [
    "a policy with everything but",
    "aws_iam_policy",
    { policy: '{"Statement":[{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}]}' },
    { broadWrites: ["all but iam:*"] },
  ],
  [
    "a policy with a condition",
    "aws_iam_policy",
    {
      policy: '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceAccount":"1"}}}]}',
    },
    { broadWrites: [] },
  ],
  [
    "a policy that is known later",
    "aws_iam_policy",
    { policy: "${jsonencode(var.policy)}" },
    { fullAccess: "unknown", broadWrites: "unknown" },
  ],
  [
    "a role for anyone",
    "aws_iam_role",
    { assume_role_policy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}' },
    { public: true, subjectsNamed: true },
  ],
  [
    "a role for every pipeline",
    "aws_iam_role",
    {
      assume_role_policy:
        '{"Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:*"}}}]}',
    },
    { public: false, subjectsNamed: false },
  ],
  [
    "a role for one branch",
    "aws_iam_role",
    {
      assume_role_policy:
        '{"Statement":[{"Effect":"Allow","Principal":{"Federated":"arn"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.actions.githubusercontent.com:sub":"repo:acme/agents:ref:refs/heads/main"}}}]}',
    },
    { subjectsNamed: true },
  ],
  [
    "an alarm for nobody",
    "aws_cloudwatch_metric_alarm",
    { metric_name: "Heartbeats" },
    { rings: false, heartbeat: true, silenceRings: false },
  ],
  [
    "an alarm that is off",
    "aws_cloudwatch_metric_alarm",
    { alarm_actions: [LATER], actions_enabled: false, metric_name: "CPU" },
    { rings: false, heartbeat: false },
  ],
  [
    "a task with a role of its own on the host's network",
    "aws_ecs_task_definition",
    { task_role_arn: "${aws_iam_role.R.arn}", execution_role_arn: "${aws_iam_role.R.arn}", network_mode: "host" },
    { ownIdentity: true, identitiesApart: false, ownNetwork: false },
    { aws_iam_role: { R: {} } },
  ],
  [
    "a task that shares its role",
    "aws_ecs_task_definition",
    { task_role_arn: "${aws_iam_role.R.arn}" },
    { ownIdentity: false, identitiesApart: true },
    { aws_iam_role: { R: {} }, aws_ecs_task_definition: { Other: { task_role_arn: "${aws_iam_role.R.arn}" } } },
  ],
  [
    "a task with a role from elsewhere",
    "aws_ecs_task_definition",
    { task_role_arn: "arn:aws:iam::1:role/shared" },
    { ownIdentity: "unknown" },
  ],
  [
    "a service of which little is said",
    "aws_ecs_service",
    {},
    { publicAddress: false, latestPlatform: true, rollback: false, shell: false },
  ],
  [
    "a service that CodeDeploy rolls back",
    "aws_ecs_service",
    { deployment_controller: { type: "CODE_DEPLOY" } },
    { rollback: true },
    {
      aws_codedeploy_deployment_group: {
        G: { ecs_service: { service_name: "${aws_ecs_service.This.name}" }, auto_rollback_configuration: { enabled: true } },
      },
    },
  ],
  ["a service that something else deploys", "aws_ecs_service", { deployment_controller: { type: "EXTERNAL" } }, { rollback: "unknown" }],
  ["a cluster of which little is said", "aws_ecs_cluster", {}, { insights: false, commandsLogged: false }],
  [
    "a vault with a lock by name",
    "aws_backup_vault",
    { name: "main", kms_key_arn: LATER },
    { encryption: "customer-key", locked: true },
    { aws_backup_vault_lock_configuration: { L: { backup_vault_name: "main" } } },
  ],
  ["a plan without end", "aws_backup_plan", { rule: [{ lifecycle: { delete_after: 7 } }, {}] }, { copied: false, expires: false }],
  [
    "an object store by literal name",
    "aws_s3_bucket",
    { bucket: "acme-data" },
    { versioned: true, publicAccessBlocked: false, accessListsOff: true, encryption: "provider-key" },
    { aws_s3_bucket_versioning: { V: { bucket: "acme-data", versioning_configuration: { status: "Enabled" } } } },
  ],
  [
    "a bucket with access lists",
    "aws_s3_bucket",
    {},
    { accessListsOff: false },
    { aws_s3_bucket_acl: { A: { bucket: "${aws_s3_bucket.This.id}", acl: "public-read" } } },
  ],
  [
    "a function with a secret",
    "aws_lambda_function",
    { environment: { variables: { API_KEY: "abc", SECRET_ARN: "arn", LOG_LEVEL: "info" } }, runtime: "nodejs14.x" },
    { secretsInEnvironment: ["API_KEY"], environmentCustomerKey: false, runtimeSupported: false, concurrency: -1, deadLetters: false },
  ],
];
