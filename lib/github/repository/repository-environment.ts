import { ActionsEnvironmentSecret } from "@cdktf/provider-github/lib/actions-environment-secret";
import { ActionsEnvironmentVariable } from "@cdktf/provider-github/lib/actions-environment-variable";
import { RepositoryEnvironment } from "@cdktf/provider-github/lib/repository-environment";
import { RepositoryEnvironmentDeploymentPolicy } from "@cdktf/provider-github/lib/repository-environment-deployment-policy";
import { Construct } from "constructs";
import type { DeploymentEnvironmentSpec } from "../../spec/repository";
import type { GithubSecretProps } from "./repository-props";

/** What an environment is made from. */
export interface RepositoryEnvironmentParts {
  readonly repository: string;
  readonly spec: DeploymentEnvironmentSpec;
  readonly secrets: Readonly<Record<string, GithubSecretProps>>;
}

/**
 * One environment with who may deploy from where. Branches are named and not "protected branches only": that looks at the older branch protection,
 * and lets every branch deploy where there are rulesets only.
 * Source: https://docs.github.com/en/actions, "Deployments and environments", read 2026-11-21.
 */
export class GithubRepositoryEnvironment extends Construct {
  /** The underlying environment. */
  readonly environment: RepositoryEnvironment;

  constructor(scope: Construct, name: string, { repository, spec, secrets }: RepositoryEnvironmentParts) {
    super(scope, name);
    const { reviewers, waitMinutes } = spec;
    this.environment = new RepositoryEnvironment(this, "Resource", {
      repository,
      environment: name,
      deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
      ...(waitMinutes > 0 && { waitTimer: waitMinutes }),
      ...(reviewers && {
        reviewers: [{ users: [...reviewers.users], teams: [...reviewers.teams] }],
        preventSelfReview: true,
        canAdminsBypass: false,
      }),
    });
    const { environment } = this.environment;
    const branches = new Construct(this, "Branches");
    for (const branchPattern of spec.branches)
      new RepositoryEnvironmentDeploymentPolicy(branches, branchPattern, { repository, environment, branchPattern });
    const tags = new Construct(this, "Tags");
    for (const tagPattern of spec.tags)
      new RepositoryEnvironmentDeploymentPolicy(tags, tagPattern, { repository, environment, tagPattern });
    const variables = new Construct(this, "Variables");
    for (const [variableName, value] of Object.entries(spec.variables))
      new ActionsEnvironmentVariable(variables, variableName, { repository, environment, variableName, value });
    const encrypted = new Construct(this, "Secrets");
    for (const secretName of spec.secrets)
      new ActionsEnvironmentSecret(encrypted, secretName, {
        repository,
        environment,
        secretName,
        encryptedValue: secrets[secretName]?.encryptedValue,
      });
  }
}
