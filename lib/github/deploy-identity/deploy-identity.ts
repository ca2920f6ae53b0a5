import { ActionsEnvironmentVariable } from "@cdktf/provider-github/lib/actions-environment-variable";
import { ActionsRepositoryOidcSubjectClaimCustomizationTemplate } from "@cdktf/provider-github/lib/actions-repository-oidc-subject-claim-customization-template";
import { RepositoryEnvironment } from "@cdktf/provider-github/lib/repository-environment";
import { RepositoryEnvironmentDeploymentPolicy } from "@cdktf/provider-github/lib/repository-environment-deployment-policy";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { once } from "../../once";
import type { DeployEnvironmentSpec, ReviewersProps } from "../../spec/deploy-environment";
import type { DeployTrustProps } from "../../spec/deploy-identity";
import type { CommonProps } from "../../spec/context";
import { deployIdentitySpec } from "./deploy-identity-spec";

export interface GithubDeployIdentityProps extends CommonProps {
  /** Which runs may deploy: the same data that the identity at the cloud is given. It needs an environment. */
  readonly trust: DeployTrustProps & { readonly environment: string };
  /**
   * Name of the repository without its owner, such as the attribute of a repository that is created here too.
   * @default - the name in `trust.repository`
   */
  readonly repository?: string;
  /**
   * Variables that runs in the environment have, such as those of an `AwsDeployRole`. No secrets.
   * @default {}
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Whether the environment is created here. With false another construct has it, with its reviewers and branches.
   * @default true
   */
  readonly createEnvironment?: boolean;
  /**
   * Who lets a deployment go on: 1 to 6 teams and users by id, who cannot review their own; none in a sandbox only.
   * GitHub has reviewers for private repositories in its Enterprise plan only, and refuses them at apply otherwise.
   * @default - none, which production refuses
   */
  readonly reviewers?: ReviewersProps;
  /**
   * Minutes between the start of a deployment and its first step, 0 to 43200.
   * @default 0
   */
  readonly waitMinutes?: number;
}

/**
 * GitHub's side of deploying without keys: the environment that alone may deploy, what its runs have to know, and the form of the subject
 * that the cloud compares.
 *
 * Creates `github_repository_environment` with one `github_repository_environment_deployment_policy` for each ref, one
 * `github_actions_environment_variable` for each variable, and `github_actions_repository_oidc_subject_claim_customization_template` once for
 * each repository, which sets the subject back to GitHub's default: a template of the organization would make it one that no trust expects.
 * None of it costs anything by itself (price list of 2026-01-01).
 * Administrators cannot pass by the reviewers, and nobody reviews what they started themselves.
 * GitHub writes subjects with ids for repositories created, renamed or transferred since July 2026 and for those that asked for it; the
 * provider has no attribute for that, so `trust.subjects` has to say what is the case, or "both".
 * Cloudflare takes no such token: a workflow needs a token of its own as secret there, named in its `secrets`.
 * Not covered: organization secrets, hosts of one's own.
 * @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/ (read 2026-11-21)
 */
export class GithubDeployIdentity extends Construct {
  /** The environment after defaults and checks. */
  readonly spec: DeployEnvironmentSpec;
  /** The underlying environment; undefined when it is created elsewhere. */
  readonly environment?: RepositoryEnvironment;
  /** What the subject of a run is made of. */
  readonly subject: ActionsRepositoryOidcSubjectClaimCustomizationTemplate;

  constructor(scope: Construct, id: string, props: GithubDeployIdentityProps) {
    super(scope, id);
    this.spec = deployIdentitySpec(this, props);
    const repository = props.repository ?? this.spec.repository;
    const stack = TerraformStack.of(this);
    this.subject = once(
      stack,
      `GithubSubject-${props.trust.repository.replace("/", "-")}`,
      (name) => new ActionsRepositoryOidcSubjectClaimCustomizationTemplate(stack, name, { repository, useDefault: true }),
    );
    this.environment = props.createEnvironment === false ? undefined : this.createEnvironment(repository);
    const environment = this.environment?.environment ?? this.spec.environment;
    for (const [variableName, value] of Object.entries(props.variables ?? {})) {
      new ActionsEnvironmentVariable(this, `Variable-${variableName}`, { repository, environment, variableName, value });
    }
  }

  private createEnvironment(repository: string): RepositoryEnvironment {
    const { reviewers, refs, waitMinutes, environment } = this.spec;
    const resource = new RepositoryEnvironment(this, "Resource", {
      repository,
      environment,
      canAdminsBypass: false,
      preventSelfReview: true,
      waitTimer: waitMinutes,
      reviewers: hasReviewers(reviewers) ? [{ teams: [...reviewers.teams], users: [...reviewers.users] }] : undefined,
      deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
    });
    for (const ref of refs) {
      const [, kind, name] = /^refs\/(heads|tags)\/(.*)$/.exec(ref) as RegExpExecArray;
      const pattern = kind === "heads" ? { branchPattern: name } : { tagPattern: name };
      const id = `${kind === "heads" ? "Branch" : "Tag"}-${name}`;
      new RepositoryEnvironmentDeploymentPolicy(this, id, { repository, environment: resource.environment, ...pattern });
    }
    return resource;
  }
}

function hasReviewers({ teams, users }: Required<ReviewersProps>): boolean {
  return teams.length + users.length > 0;
}
