import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type {
  BranchRulesSpec,
  CodeOwnersSpec,
  CustomPropertySpec,
  DeploymentEnvironmentSpec,
  MergeMethod,
  PushLimitsSpec,
  RepositorySpec,
  RepositoryVisibility,
  WorkflowRulesSpec,
} from "../../spec/repository";
import { isLabelTopic } from "../labels";

/** A repository whose default branch Terraform decides, and so a governed one. */
export const readRepository: Reader = (repository, inventory) => {
  const beside = (type: string) => inventory.referring(`github_${type}`, "repository", repository);
  const [branch] = beside("branch_default");
  if (branch === undefined) return [];
  const { attributes } = repository;
  const rulesets = beside("repository_ruleset");
  const branchRules = readBranchRules(rulesets);
  const pushLimits = readPushLimits(rulesets);
  const workflows = readWorkflows(beside("actions_repository_permissions"));
  const spec: RepositorySpec = {
    profile: block(attributes.lifecycle).prevent_destroy === true ? "production" : "sandbox",
    name: String(attributes.name),
    description: String(attributes.description ?? ""),
    visibility: (attributes.visibility ?? "public") as RepositoryVisibility,
    defaultBranch: String(branch.attributes.branch),
    mergeMethods: readMergeMethods(attributes),
    topics: strings(attributes.topics).filter((topic) => !isLabelTopic(topic)),
    ...(branchRules && { branchRules }),
    ...(pushLimits && { pushLimits }),
    secretScanning: block(block(attributes.security_and_analysis).secret_scanning).status === "enabled",
    ...(workflows && { workflows }),
    environments: named(beside("repository_environment"), "environment", (one) => readEnvironment(one, inventory)),
    deployKeys: named(beside("repository_deploy_key"), "title", ({ attributes: key }) => ({
      publicKey: String(key.key),
      write: key.read_only === false,
    })),
    codeOwners: readCodeOwners(beside("repository_file")),
    customProperties: named(beside("repository_custom_property"), "property_name", ({ attributes: one }) => ({
      type: one.property_type as CustomPropertySpec["type"],
      values: strings(one.property_value),
    })),
    variables: named(beside("actions_variable"), "variable_name", ({ attributes: one }) => String(one.value)),
    secrets: names(beside("actions_secret"), "secret_name"),
  };
  return [{ kind: "repository", address: repository.address, path: repository.path, spec }];
};

function strings(value: unknown): readonly string[] {
  return asList(value).map(String);
}

function names(resources: readonly ResourceView[], attribute: string): readonly string[] {
  return resources.map(({ attributes }) => String(attributes[attribute])).sort();
}

function named<T>(resources: readonly ResourceView[], attribute: string, read: (resource: ResourceView) => T): Record<string, T> {
  return Object.fromEntries(resources.map((resource) => [String(resource.attributes[attribute]), read(resource)]));
}

function readMergeMethods(attributes: ResourceView["attributes"]): readonly MergeMethod[] {
  const allowed = { merge: attributes.allow_merge_commit, squash: attributes.allow_squash_merge, rebase: attributes.allow_rebase_merge };
  return (Object.keys(allowed) as MergeMethod[]).filter((method) => allowed[method] !== false);
}

function rulesOf(rulesets: readonly ResourceView[], target: string) {
  const found = rulesets.find(({ attributes }) => attributes.target === target && attributes.enforcement === "active");
  return found && { ruleset: found.attributes, rules: block(found.attributes.rules) };
}

function readBranchRules(rulesets: readonly ResourceView[]): BranchRulesSpec | undefined {
  const found = rulesOf(rulesets, "branch");
  if (found === undefined) return undefined;
  const { ruleset, rules } = found;
  const [review] = asList(rules.pull_request).map(block);
  return {
    ...(review && {
      review: {
        approvals: Number(review.required_approving_review_count ?? 0),
        codeOwners: review.require_code_owner_review === true,
        dismissStale: review.dismiss_stale_reviews_on_push === true,
        lastPush: review.require_last_push_approval === true,
      },
    }),
    statusChecks: asList(block(rules.required_status_checks).required_check)
      .map(block)
      .map(({ context, integration_id: appId }) => ({ name: String(context), ...(appId !== undefined && { appId: Number(appId) }) })),
    signedCommits: rules.required_signatures === true,
    linearHistory: rules.required_linear_history === true,
    bypassApps: asList(ruleset.bypass_actors)
      .map(block)
      .filter(({ actor_type: type }) => type === "Integration")
      .map(({ actor_id: id }) => Number(id)),
  };
}

function readPushLimits(rulesets: readonly ResourceView[]): PushLimitsSpec | undefined {
  const found = rulesOf(rulesets, "push");
  if (found === undefined) return undefined;
  const limit = (name: string, inner = name) => block(found.rules[name])[inner];
  const paths = limit("file_path_restriction", "restricted_file_paths");
  const extensions = limit("file_extension_restriction", "restricted_file_extensions");
  const size = limit("max_file_size");
  const length = limit("max_file_path_length");
  return {
    ...(paths !== undefined && { paths: strings(paths) }),
    ...(extensions !== undefined && { extensions: strings(extensions) }),
    ...(size !== undefined && { maxFileMB: Number(size) }),
    ...(length !== undefined && { maxPathLength: Number(length) }),
  };
}

/** Without the resource GitHub's own default holds: workflows run, with any action. */
function readWorkflows([permissions]: readonly ResourceView[]): WorkflowRulesSpec | undefined {
  if (permissions === undefined || permissions.attributes.allowed_actions === "all")
    return { hostActions: true, verifiedActions: true, actions: ["*"] };
  const { enabled, allowed_actions_config: config } = permissions.attributes;
  if (enabled === false) return undefined;
  const { github_owned_allowed: own, verified_allowed: verified, patterns_allowed: patterns } = block(config);
  return { hostActions: own === true, verifiedActions: verified === true, actions: strings(patterns) };
}

function readEnvironment(environment: ResourceView, inventory: Inventory): DeploymentEnvironmentSpec {
  const beside = (type: string) => inventory.referring(`github_${type}`, "environment", environment);
  const { reviewers, wait_timer: wait } = environment.attributes;
  const [who] = asList(reviewers).map(block);
  const policies = beside("repository_environment_deployment_policy").map(({ attributes }) => attributes);
  return {
    ...(who && { reviewers: { users: asList(who.users).map(Number), teams: asList(who.teams).map(Number) } }),
    waitMinutes: Number(wait ?? 0),
    branches: policies.flatMap(({ branch_pattern: pattern }) => strings(pattern)).sort(),
    tags: policies.flatMap(({ tag_pattern: pattern }) => strings(pattern)).sort(),
    variables: named(beside("actions_environment_variable"), "variable_name", ({ attributes: one }) => String(one.value)),
    secrets: names(beside("actions_environment_secret"), "secret_name"),
  };
}

function readCodeOwners(files: readonly ResourceView[]): readonly CodeOwnersSpec[] {
  const file = files.find(({ attributes }) => attributes.file === ".github/CODEOWNERS");
  const lines = String(file?.attributes.content ?? "").split("\n");
  return lines.flatMap((line) => {
    const [path, ...owners] = line.split(" ");
    return path === undefined || path === "" ? [] : [{ path, owners }];
  });
}
