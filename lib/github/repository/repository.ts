import { ActionsRepositoryPermissions } from "@cdktf/provider-github/lib/actions-repository-permissions";
import { ActionsSecret } from "@cdktf/provider-github/lib/actions-secret";
import { ActionsVariable } from "@cdktf/provider-github/lib/actions-variable";
import { BranchDefault } from "@cdktf/provider-github/lib/branch-default";
import { Repository, type RepositoryConfig } from "@cdktf/provider-github/lib/repository";
import { RepositoryCustomProperty } from "@cdktf/provider-github/lib/repository-custom-property";
import { RepositoryDeployKey } from "@cdktf/provider-github/lib/repository-deploy-key";
import { RepositoryFile } from "@cdktf/provider-github/lib/repository-file";
import type { RepositoryRuleset } from "@cdktf/provider-github/lib/repository-ruleset";
import { WorkflowRepositoryPermissions } from "@cdktf/provider-github/lib/workflow-repository-permissions";
import { Construct } from "constructs";
import { claimName, physicalName } from "../../names";
import { specContext } from "../../spec/context";
import type { RepositorySpec } from "../../spec/repository";
import { GithubRepositoryEnvironment } from "./repository-environment";
import type { GithubRepositoryProps } from "./repository-props";
import { branchRuleset, pushRuleset } from "./repository-rulesets";
import { githubRepositorySpec } from "./repository-spec";

/** Longest name. Source: github/resource_github_repository.go of the Terraform provider 6.9.0, read 2026-11-21. */
const NAME = { kind: "repository", maxLength: 100 };

/**
 * A governed repository: private unless said, changed through reviewed pull requests, with workflows that may read and use named actions only.
 *
 * Creates `github_repository` with its `github_branch_default`, `github_repository_ruleset` for it (no force push, no deletion, reviews, checks) and for pushes,
 * `github_actions_repository_permissions` and `github_workflow_repository_permissions`, and as asked for `github_repository_environment` with its
 * `github_repository_environment_deployment_policy`, deploy keys, variables, secrets, custom properties, and `.github/CODEOWNERS` as
 * `github_repository_file`. In production Terraform cannot destroy it, and archives it where it would.
 *
 * Cost: nothing by itself. The plan of the owner is paid by seat (Team 4.00, Enterprise Cloud 21.00 USD a month, 2026); workflows of private
 * repositories by the minute beyond what the plan holds (.006 for Linux with 2 cores, 2026-01-01).
 *
 * Not covered: pinning actions by commit, for which the Terraform provider 6.9 has no setting; who else may push, which is a matter of teams and
 * collaborators; writing to some paths only, which GitHub cannot grant; code scanning. A change of `codeOwners` is itself subject to the reviews unless
 * `bypassApps` names the app that applies the Terraform. GitHub promises no bound for loss of data: see recovery.
 * @see https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
 */
export class GithubRepository extends Construct {
  /** The repository after defaults and checks. */
  readonly spec: RepositorySpec;
  /** The underlying repository. */
  readonly repository: Repository;
  /** The rules of the default branch; absent where the plan has none. */
  readonly branchRules?: RepositoryRuleset;
  /** What no push may bring; absent when there are no limits. */
  readonly pushLimits?: RepositoryRuleset;
  /** Places that workflows deploy to, by name. */
  readonly environments: Readonly<Record<string, GithubRepositoryEnvironment>>;

  constructor(scope: Construct, id: string, props: GithubRepositoryProps) {
    super(scope, id);
    this.spec = githubRepositorySpec(props, specContext(this), props?.name === undefined ? physicalName(this, NAME) : props.name);
    if (props.name !== undefined) claimName(this, NAME, this.spec.name.toLowerCase(), "name");
    this.repository = new Repository(this, "Resource", repositoryConfig(this.spec));
    const name = this.repository.name;
    const { branchRules, pushLimits } = this.spec;
    const first = this.firstCommits(name);
    if (branchRules) this.branchRules = branchRuleset(this, name, branchRules, first);
    if (pushLimits) this.pushLimits = pushRuleset(this, name, pushLimits);
    this.addWorkflowRules(name);
    this.environments = this.addEnvironments(name, props);
    this.addKeysAndValues(name, props);
  }

  /** Owner and name, such as `acme/atlas`, as identities by OIDC and clones want it. */
  get fullName(): string {
    return this.repository.fullName;
  }

  /** What has to be on the default branch before its rules hold. */
  private firstCommits(repository: string): (BranchDefault | RepositoryFile)[] {
    const { defaultBranch: branch, codeOwners } = this.spec;
    const defaultBranch = new BranchDefault(this, "DefaultBranch", { repository, branch, rename: true });
    if (codeOwners.length === 0) return [defaultBranch];
    const file = new RepositoryFile(this, "CodeOwners", {
      repository,
      branch,
      file: ".github/CODEOWNERS",
      content: codeOwners.map(({ path, owners }) => `${[path, ...owners].join(" ")}\n`).join(""),
      commitMessage: "Say who owns which paths",
      dependsOn: [defaultBranch],
    });
    return [defaultBranch, file];
  }

  private addWorkflowRules(repository: string): void {
    const { workflows } = this.spec;
    new ActionsRepositoryPermissions(this, "Actions", {
      repository,
      enabled: workflows !== undefined,
      ...(workflows && {
        allowedActions: "selected",
        allowedActionsConfig: {
          githubOwnedAllowed: workflows.hostActions,
          verifiedAllowed: workflows.verifiedActions,
          patternsAllowed: [...workflows.actions],
        },
      }),
    });
    if (workflows === undefined) return;
    new WorkflowRepositoryPermissions(this, "WorkflowPermissions", {
      repository,
      defaultWorkflowPermissions: "read",
      canApprovePullRequestReviews: false,
    });
  }

  private addEnvironments(repository: string, props: GithubRepositoryProps): Record<string, GithubRepositoryEnvironment> {
    const scope = new Construct(this, "Environments");
    const made = Object.entries(this.spec.environments).map(([name, spec]) => {
      const secrets = props.environments?.[name]?.secrets ?? {};
      return [name, new GithubRepositoryEnvironment(scope, name, { repository, spec, secrets })] as const;
    });
    return Object.fromEntries(made);
  }

  private addKeysAndValues(repository: string, props: GithubRepositoryProps): void {
    const { deployKeys, customProperties, variables, secrets } = this.spec;
    const keys = new Construct(this, "DeployKeys");
    for (const [title, { publicKey, write }] of Object.entries(deployKeys))
      new RepositoryDeployKey(keys, title, { repository, title, key: publicKey, readOnly: !write });
    const properties = new Construct(this, "CustomProperties");
    for (const [propertyName, { type, values }] of Object.entries(customProperties))
      new RepositoryCustomProperty(properties, propertyName, {
        repository,
        propertyName,
        propertyType: type,
        propertyValue: [...values],
      });
    const plain = new Construct(this, "Variables");
    for (const [variableName, value] of Object.entries(variables))
      new ActionsVariable(plain, variableName, { repository, variableName, value });
    const encrypted = new Construct(this, "Secrets");
    for (const secretName of secrets)
      new ActionsSecret(encrypted, secretName, { repository, secretName, encryptedValue: props.secrets?.[secretName]?.encryptedValue });
  }
}

/** Alerts by the attribute: the provider 6.9 has no resource for them yet. Of security and analysis it sends these two, and drops the newer ones. */
function repositoryConfig(spec: RepositorySpec): RepositoryConfig {
  const { profile, visibility, mergeMethods, secretScanning } = spec;
  const status = secretScanning ? "enabled" : "disabled";
  return {
    name: spec.name,
    description: spec.description,
    visibility,
    topics: [...spec.topics],
    autoInit: true,
    hasIssues: true,
    hasProjects: false,
    hasWiki: false,
    allowMergeCommit: mergeMethods.includes("merge"),
    allowSquashMerge: mergeMethods.includes("squash"),
    allowRebaseMerge: mergeMethods.includes("rebase"),
    allowUpdateBranch: true,
    deleteBranchOnMerge: true,
    vulnerabilityAlerts: true,
    ...((secretScanning || visibility === "public") && {
      securityAndAnalysis: { secretScanning: { status }, secretScanningPushProtection: { status } },
    }),
    archiveOnDestroy: profile === "production",
    lifecycle: { preventDestroy: profile === "production" },
  };
}
