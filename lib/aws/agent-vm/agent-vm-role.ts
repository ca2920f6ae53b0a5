import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";
import type { AgentVmSpec } from "../../spec/agent-vm";
import { isToken } from "../../spec/check";
import { METRICS_NAMESPACE } from "./agent-vm-machine";
import { AwsKey } from "../key";
import { surroundings } from "../region";
import { addPolicy, addServiceRole } from "../role";
import { secretStatements } from "../secret";

/** What the machine's role has to reach. */
export interface MachineRoleConfig {
  readonly spec: AgentVmSpec;
  /** ARN of the parameter with the settings. */
  readonly settingsArn: string;
  readonly logGroupArn: string;
  /** References to secrets beside those of the spec. */
  readonly moreSecrets: readonly string[];
}

/**
 * The role of one machine: its own settings, secrets, bundles, logs and metrics, and the session manager. The managed policy of the
 * session manager would open every parameter of the account, so all others are denied.
 */
export function addMachineRole(scope: Construct, id: string, config: MachineRoleConfig): IamRole {
  const { spec } = config;
  const secrets = [spec.governance.keySecret, ...Object.values(spec.secrets), ...config.moreSecrets];
  const parameters = secrets.filter((reference) => !isToken(reference) && reference.includes(":parameter/"));
  return addServiceRole(scope, id, {
    service: "ec2.amazonaws.com",
    onlyThisAccount: false,
    managedPolicies: ["AmazonSSMManagedInstanceCore"],
    statements: [
      ...settingsStatements(scope, config.settingsArn),
      {
        sid: "NoOtherParameters",
        effect: "Deny",
        actions: ["ssm:GetParameter", "ssm:GetParameters"],
        notResources: [config.settingsArn, ...parameters],
      },
      ...secretStatements(scope, secrets),
      ...bundleStatements(scope, spec),
      {
        sid: "WriteLogs",
        actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: [config.logGroupArn, `${config.logGroupArn}:*`],
      },
      {
        sid: "WriteMetrics",
        actions: ["cloudwatch:PutMetricData"],
        resources: ["*"],
        condition: [{ test: "StringEquals", variable: "cloudwatch:namespace", values: [METRICS_NAMESPACE] }],
      },
    ],
  });
}

/** Takes every permission from a role, from sessions that are open as well. */
export function denyAll(scope: Construct, id: string, role: IamRole): void {
  addPolicy(scope, id, role, [{ sid: "Stopped", effect: "Deny", actions: ["*"], resources: ["*"] }]);
}

function settingsStatements(scope: Construct, arn: string): DataAwsIamPolicyDocumentStatement[] {
  const { region } = surroundings(scope);
  return [
    { sid: "ReadSettings", actions: ["ssm:GetParameter"], resources: [arn] },
    {
      sid: "DecryptSettings",
      actions: ["kms:Decrypt"],
      resources: [AwsKey.of(scope).arn],
      condition: [
        { test: "StringEquals", variable: "kms:ViaService", values: [`ssm.${region}.amazonaws.com`] },
        { test: "StringEquals", variable: "kms:EncryptionContext:PARAMETER_ARN", values: [arn] },
      ],
    },
  ];
}

/** Bundles in a bucket, which may be encrypted with a key of this account. */
function bundleStatements(scope: Construct, { bundle, reporter }: AgentVmSpec): DataAwsIamPolicyDocumentStatement[] {
  const { account, partition, region } = surroundings(scope);
  const objects = [bundle, reporter.bundle].flatMap((artifact) =>
    artifact?.url.startsWith("s3://") ? [artifact.url.slice("s3://".length)] : [],
  );
  if (objects.length === 0) return [];
  const arnOf = (name: string) => `arn:${partition}:s3:::${name}`;
  return [
    { sid: "ReadBundles", actions: ["s3:GetObject"], resources: objects.map(arnOf) },
    {
      sid: "DecryptBundles",
      actions: ["kms:Decrypt"],
      resources: [`arn:${partition}:kms:${region}:${account}:key/*`],
      condition: [
        { test: "StringEquals", variable: "kms:ViaService", values: [`s3.${region}.amazonaws.com`] },
        {
          test: "StringEquals",
          variable: "kms:EncryptionContext:aws:s3:arn",
          values: objects.flatMap((object) => [arnOf(object), arnOf(object.split("/")[0] as string)]),
        },
      ],
    },
  ];
}
