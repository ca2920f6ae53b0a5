import { asList, block, type Reader } from "../../facts/inventory";

/** An environment from which runs deploy. */
export const readDeployEnvironment: Reader = (environment, inventory) => {
  const { attributes, address, path } = environment;
  const policies = inventory.referring("github_repository_environment_deployment_policy", "environment", environment);
  const variables = inventory.referring("github_actions_environment_variable", "environment", environment);
  const { teams, users } = block(attributes.reviewers);
  const spec = {
    repository: String(attributes.repository),
    environment: String(attributes.environment),
    refs: policies.map(({ attributes: policy }) => refOf(policy)).sort(),
    reviewers: { teams: asList(teams).map(Number), users: asList(users).map(Number) },
    waitMinutes: Number(attributes.wait_timer ?? 0),
    variables: Object.fromEntries(variables.map(({ attributes: variable }) => [String(variable.variable_name), String(variable.value)])),
  };
  return [{ kind: "deploy-environment", address, path, spec }];
};

function refOf({ branch_pattern: branch, tag_pattern: tag }: Readonly<Record<string, unknown>>): string {
  return branch === undefined ? `refs/tags/${String(tag)}` : `refs/heads/${String(branch)}`;
}
