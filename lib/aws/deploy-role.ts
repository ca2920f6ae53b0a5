import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatementCondition,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../names";
import { once } from "../once";
import { Check, isToken, type KeysOf } from "../spec/check";
import {
  claimsOf,
  readDeployTrust,
  subjectsOf,
  type DeployIdentitySpec,
  type DeployTrustProps,
  type DeployTrustSpec,
} from "../spec/deploy-identity";
import { referenceText } from "../spec/reference";
import { ISSUER } from "./read-deploy-role";
import { tryRegion } from "./region";

/** For whom the tokens have to be made out. Source: https://github.com/aws-actions/configure-aws-credentials (OIDC), read 2026-11-21. */
const AUDIENCE = "sts.amazonaws.com";

/** Longest session in seconds: IAM takes no shorter limit. Source: aws_iam_role in the provider's documentation, read 2026-11-21. */
const MAX_SESSION_SECONDS = 3600;

/** Longest name of a role. Source: IAM quotas, read 2026-11-21. */
const MAX_ROLE = 64;

/** Most managed policies of one role, after a raise of the quota of 10. Source: IAM quotas, read 2026-11-21. */
const MAX_POLICIES = 20;

const POLICY = {
  pattern: /^arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]{1,512}$/,
  want: 'ARN of a managed policy, such as "arn:aws:iam::aws:policy/ReadOnlyAccess"',
};

const POLICY_NAME = /^[a-z][a-z0-9-]{0,30}$/;

const PROVIDER = {
  pattern: /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
  want: `ARN of an identity provider for ${ISSUER}`,
};

const ADMINISTRATOR = /:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;

export interface AwsDeployRoleProps {
  /** Which runs of which repository may deploy: the same data that the identity at the other side is given. */
  readonly trust: DeployTrustProps;
  /** Managed policies that say what a deployment may do: 1 to 20 ARNs, by names of your own. ARNs may be known only after apply. */
  readonly policies: Readonly<Record<string, string>>;
  /**
   * Policy that bounds what the role can do, whatever else it is given. Policies with which it could give itself more need one.
   * @default - none
   */
  readonly boundaryArn?: string;
  /**
   * ARN of the identity provider for the host, when the account has it already: an account takes one for each host.
   * @default - created, once a stack
   */
  readonly providerArn?: string;
}

const KNOWN = { trust: true, policies: true, boundaryArn: true, providerArn: true } satisfies KeysOf<AwsDeployRoleProps>;

/**
 * A role that runs of one repository take without any key, by the token that GitHub Actions makes out for a run.
 *
 * Creates `aws_iam_openid_connect_provider` (once a stack, or an existing one is used), `aws_iam_role` and one
 * `aws_iam_role_policy_attachment` for each policy. None of it has a price.
 * The trust asks for the audience of STS, one of the exact subjects, and the claims repository, ref, environment and repository_id, each
 * where it is given: with an environment the subject does not say from which branch a run comes, so that the ref is asked for apart.
 * STS compares these claims since January 2026. Sessions last one hour at most.
 * Not covered: hosts of one's own (GitHub Enterprise Server) and what the policies allow.
 * @see https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/ (read 2026-11-21)
 */
export class AwsDeployRole extends Construct {
  /** The identity after defaults and checks. */
  readonly spec: DeployIdentitySpec;
  /** The underlying role. */
  readonly role: IamRole;
  private readonly region: string;

  constructor(scope: Construct, id: string, props: AwsDeployRoleProps) {
    super(scope, id);
    this.spec = deployRoleSpec(this, props);
    this.region = tryRegion(this) ?? this.regionOfProvider();
    const providerArn = props.providerArn ?? this.provider().arn;
    const trust = new DataAwsIamPolicyDocument(this, "Trust", {
      statement: [
        {
          actions: ["sts:AssumeRoleWithWebIdentity"],
          principals: [{ type: "Federated", identifiers: [providerArn] }],
          condition: conditions({ ...this.spec.trust, ids: props.trust.ids }),
        },
      ],
    });
    this.role = new IamRole(this, "Resource", {
      name: physicalName(this, { kind: "IAM role", maxLength: MAX_ROLE }),
      description: `Deploys from ${this.spec.trust.repository}`,
      assumeRolePolicy: trust.json,
      maxSessionDuration: MAX_SESSION_SECONDS,
      permissionsBoundary: props.boundaryArn,
    });
    for (const [name, policyArn] of Object.entries(props.policies)) {
      new IamRolePolicyAttachment(this, `Policy-${name}`, { role: this.role.name, policyArn });
    }
  }

  /** The ARN of the role. */
  get arn(): string {
    return this.role.arn;
  }

  /** What a run has to know to take the role, as variables of its environment. */
  get variables(): Readonly<Record<string, string>> {
    return { AWS_ROLE_ARN: this.role.arn, AWS_REGION: this.region };
  }

  private regionOfProvider(): string {
    const stack = TerraformStack.of(this);
    return once(stack, "AwsRegion", (id) => new DataAwsRegion(stack, id)).id;
  }

  private provider(): IamOpenidConnectProvider {
    const stack = TerraformStack.of(this);
    return once(
      stack,
      "AwsDeployProvider",
      (id) => new IamOpenidConnectProvider(stack, id, { url: `https://${ISSUER}`, clientIdList: [AUDIENCE] }),
    );
  }
}

/** What a token has to say; ids are taken as they were given, because another stack may know them. */
function conditions(trust: DeployTrustSpec): DataAwsIamPolicyDocumentStatementCondition[] {
  const claims = { aud: [AUDIENCE], sub: subjectsOf(trust), ...claimsOf(trust) };
  return Object.entries(claims).map(([claim, values]) => ({
    test: "StringEquals",
    variable: `${ISSUER}:${claim}`,
    values: [...values],
  }));
}

function deployRoleSpec(role: AwsDeployRole, props: AwsDeployRoleProps): DeployIdentitySpec {
  const check = new Check<AwsDeployRoleProps>(role.node.path, props, KNOWN);
  const trust = readDeployTrust(check, props?.trust);
  const boundary = check.tryText("boundaryArn", { ...POLICY, tokens: true });
  check.tryText("providerArn", { ...PROVIDER, tokens: true });
  const policies = readPolicies(check, props?.policies, boundary);
  return check.done({
    trust: withText(role, trust),
    audience: AUDIENCE,
    sessionMinutes: MAX_SESSION_SECONDS / 60,
    policies: policies.map((policy) => referenceText(role, policy)).sort(),
    ...(boundary !== undefined && { boundary: referenceText(role, boundary) }),
  });
}

/** Ids that are known only after apply, as the Terraform says them. */
function withText(scope: Construct, { ids, ...trust }: DeployTrustSpec): DeployTrustSpec {
  if (ids === undefined) return trust;
  return { ...trust, ids: { owner: referenceText(scope, ids.owner), repository: referenceText(scope, ids.repository) } };
}

function readPolicies(
  check: Check<AwsDeployRoleProps>,
  given: Readonly<Record<string, string>> | undefined,
  boundary: string | undefined,
): readonly string[] {
  const usable = typeof given === "object" && given !== null && !Array.isArray(given);
  const entries = Object.entries(usable ? given : {});
  if (entries.length > MAX_POLICIES || entries.length === 0)
    check.issue(
      "policies",
      given,
      `1 to ${MAX_POLICIES} ARNs of managed policies by name`,
      'such as { deploy: "arn:aws:iam::123456789012:policy/deploy" }',
    );
  for (const [name, policy] of entries) {
    if (!POLICY_NAME.test(name))
      check.issue("policies", name, "names of 1 to 31 letters in lower case, digits and -, starting with a letter");
    if (isToken(policy)) continue;
    if (typeof policy !== "string" || !POLICY.pattern.test(policy)) check.issue(`policies.${name}`, policy, POLICY.want);
    else if (ADMINISTRATOR.test(policy) && boundary === undefined) {
      const fix = "give boundaryArn, or a policy with what a deployment needs";
      check.issue(`policies.${name}`, policy, "no policy with which the role can give itself anything, unless boundaryArn is given", fix);
    }
  }
  return entries.map(([, policy]) => policy);
}
