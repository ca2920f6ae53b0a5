import { DataAwsIamPolicyDocument, type DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { Construct } from "constructs";
import { physicalName } from "../names";
import { surroundings } from "./region";

/** Longest name of a role. Source: IAM quotas, read 2026-11-21. */
const MAX_ROLE = 64;

export interface ServiceRoleConfig {
  /** The AWS service that takes the role, such as `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /** What the role may do. */
  readonly statements?: readonly DataAwsIamPolicyDocumentStatement[];
  /**
   * AWS managed policies by the part of the ARN behind `policy/`.
   * @default []
   */
  readonly managedPolicies?: readonly string[];
  /**
   * Whether the trust asks that the service acts for this account. EC2 and AWS Backup do not send that, so it must be false for them.
   * @default true
   */
  readonly onlyThisAccount?: boolean;
}

/** A role that one AWS service takes, on behalf of this account only where the service says so. */
export function addServiceRole(scope: Construct, id: string, config: ServiceRoleConfig): IamRole {
  const { account, partition } = surroundings(scope);
  const trust = new DataAwsIamPolicyDocument(scope, `${id}Trust`, {
    statement: [
      {
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: [config.service] }],
        ...(config.onlyThisAccount === false
          ? {}
          : { condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [account] }] }),
      },
    ],
  });
  const role = new IamRole(scope, id, {
    name: physicalName(scope, { kind: "IAM role", maxLength: MAX_ROLE, suffix: id }),
    assumeRolePolicy: trust.json,
  });
  if (config.statements !== undefined && config.statements.length > 0) addPolicy(scope, `${id}Policy`, role, config.statements);
  for (const policy of config.managedPolicies ?? []) {
    const policyArn = `arn:${partition}:iam::aws:policy/${policy}`;
    new IamRolePolicyAttachment(scope, `${id}-${policy.split("/").pop()}`, { role: role.name, policyArn });
  }
  return role;
}

/** Lets a role do something more. */
export function addPolicy(
  scope: Construct,
  id: string,
  role: IamRole,
  statements: readonly DataAwsIamPolicyDocumentStatement[],
): IamRolePolicy {
  const document = new DataAwsIamPolicyDocument(scope, `${id}Document`, { statement: [...statements] });
  return new IamRolePolicy(scope, id, { role: role.name, policy: document.json });
}
