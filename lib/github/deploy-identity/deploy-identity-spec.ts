import type { Construct } from "constructs";
import type { KeysOf } from "../../spec/check";
import { openCheck, PROFILES, specContext } from "../../spec/context";
import { readReviewers, readVariables, type DeployEnvironmentSpec } from "../../spec/deploy-environment";
import { readDeployTrust } from "../../spec/deploy-identity";
import { referenceText } from "../../spec/reference";
import type { GithubDeployIdentityProps } from "./deploy-identity";

const KNOWN = {
  profile: true,
  trust: true,
  repository: true,
  variables: true,
  createEnvironment: true,
  reviewers: true,
  waitMinutes: true,
} satisfies KeysOf<GithubDeployIdentityProps>;

/** Most reviewers of an environment. Source: github/resource_github_repository_environment.go of the Terraform provider 6.9.0, read 2026-11-21. */
const MAX_REVIEWERS = 6;

/** Longest wait in minutes. Source: the same file. */
const MAX_WAIT = 43_200;

/** Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables, read 2026-11-21. */
export const VARIABLE_LIMITS = {
  name: {
    pattern: /^(?!GITHUB_)[A-Z_][A-Z0-9_]{0,254}$/,
    want: 'a name of upper case letters, digits and "_" that starts with neither a digit nor GITHUB_',
  },
  maxBytes: 49_152,
  source: "GitHub limit of a variable",
};

const REPOSITORY = { pattern: /^[A-Za-z0-9._-]{1,100}$/, want: "the name of the repository without its owner", tokens: true };

/**
 * The environment after defaults and checks.
 * @throws IntentError with every problem of the props.
 */
export function deployIdentitySpec(scope: Construct, props: GithubDeployIdentityProps): DeployEnvironmentSpec {
  const context = specContext(scope);
  const check = openCheck<GithubDeployIdentityProps>(props, KNOWN, context);
  const profile = check.oneOf("profile", PROFILES, context.profile);
  const trust = readDeployTrust(check, props?.trust);
  if (trust.environment === undefined)
    check.issue("trust.environment", undefined, "an environment: its variables and reviewers belong to it", 'such as "production"');
  const created = check.flag("createEnvironment", true);
  if (!created) {
    for (const prop of ["reviewers", "waitMinutes"] as const)
      if (props[prop] !== undefined)
        check.issue(prop, props[prop], "nothing when createEnvironment is false", "set it where the environment is");
  }
  const name = trust.repository.split("/")[1] ?? "";
  const reviewers = readReviewers(check, created ? props?.reviewers : undefined, {
    max: MAX_REVIEWERS,
    needed: created && profile === "production",
  });
  const variables = readVariables(check, props?.variables, VARIABLE_LIMITS);
  return check.done({
    repository: referenceText(scope, check.text("repository", { ...REPOSITORY, default: name })),
    environment: trust.environment ?? "",
    refs: trust.refs,
    reviewers,
    waitMinutes: check.integer("waitMinutes", { min: 0, max: MAX_WAIT, default: 0, source: "GitHub limit of a wait timer" }),
    variables: Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, referenceText(scope, value)])),
  });
}
