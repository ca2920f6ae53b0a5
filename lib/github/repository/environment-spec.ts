import { Hidden, isToken, type Check, type KeysOf } from "../../spec/check";
import { PROFILES } from "../../spec/context";
import { looksSecret } from "../../spec/environment";
import type { DeploymentEnvironmentSpec } from "../../spec/repository";
import { duplicates, readIds, type RepositoryContext } from "./branch-rules-spec";
import { featuresOf, plansWith } from "./plan";
import type { GithubEnvironmentProps, GithubRepositoryProps, GithubReviewersProps, GithubSecretProps } from "./repository-props";

/** Names under which children stand in the tree: no two give the same id. */
export const WORDS = {
  pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  want: "lower case words with dashes, such as cloud-agent, at most 100 characters",
};

/**
 * Names of variables and secrets. GitHub writes them in capitals, and the provider would make them anew on every apply otherwise.
 * Source: `validateSecretNameFunc` in github/util.go of the Terraform provider 6.9.0, read 2026-11-21.
 */
const NAME = /^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/;
const WANT_NAME = 'a name of capitals, digits and "_", not starting with a digit or GITHUB_';

/** Longest value. Source: https://docs.github.com/en/actions, "Variables reference", limits, read 2026-11-21: 48 KB. */
const MAX_VALUE_BYTES = 48 * 1024;

/** Variables of workflows: in plain text, so that what looks like a secret is refused. */
export function readVariables<P extends object>(
  check: Check<P>,
  given: Readonly<Record<string, string>> = {},
  reserved: readonly string[] = [],
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(given)) {
    const prop = `variables.${name}`;
    if (!NAME.test(name)) check.issue(prop, name, WANT_NAME);
    if (reserved.includes(name))
      check.issue(prop, name, "a name that the governance contract does not set", "set it through the prop governance");
    if (typeof value !== "string" || (!isToken(value) && (value === "" || Buffer.byteLength(value) > MAX_VALUE_BYTES)))
      check.issue(prop, value, "text of 1 byte to 48 KB (GitHub limit)");
    else if (!isToken(value) && looksSecret(name, value))
      check.issue(
        prop,
        new Hidden("something that looks like a secret"),
        "no secret in plain text",
        `use OIDC, or give it as secrets.${name}`,
      );
  }
  return { ...given };
}

/** Names of secrets, whose values are references to something encrypted. */
export function readSecretNames<P extends object>(
  check: Check<P>,
  given: Readonly<Record<string, GithubSecretProps>> = {},
): readonly string[] {
  for (const [name, secret] of Object.entries(given)) {
    if (!NAME.test(name)) check.issue(`secrets.${name}`, name, WANT_NAME);
    const value: unknown = secret?.encryptedValue;
    const keys = Object.keys(typeof secret === "object" && secret !== null ? secret : {});
    const fix = "give a variable or the output of another resource as encryptedValue, or use OIDC, which needs no secret";
    const want = "a reference to the encrypted value, never a literal";
    if (keys.length !== 1 || typeof value !== "string" || !isToken(value))
      check.issue(`secrets.${name}`, secret === undefined ? undefined : new Hidden("something that may be a secret (hidden)"), want, fix);
  }
  return Object.keys(given).sort();
}

const KNOWN = {
  profile: true,
  reviewers: true,
  withoutReviewersBecause: true,
  waitMinutes: true,
  branches: true,
  tags: true,
  variables: true,
  secrets: true,
} satisfies KeysOf<GithubEnvironmentProps>;

/** Longest wait: 30 days. Source: github/resource_github_repository_environment.go of the Terraform provider 6.9.0, read 2026-11-21. */
const MAX_WAIT_MINUTES = 43200;

/** Most users and teams together. Source: https://docs.github.com/en/actions, "Deployments and environments", read 2026-11-21. */
const MAX_REVIEWERS = 6;

/** The environments of a repository, by name. */
export function readEnvironments(
  check: Check<GithubRepositoryProps>,
  given: Readonly<Record<string, GithubEnvironmentProps>> = {},
  defaultBranch: string,
  at: RepositoryContext,
): Readonly<Record<string, DeploymentEnvironmentSpec>> {
  const names = Object.keys(given);
  for (const name of names) if (!WORDS.pattern.test(name) || name.length > 100) check.issue(`environments.${name}`, name, WORDS.want);
  if (names.length > 0 && !featuresOf(at.plan, at.visibility).environments) {
    const want = `nothing: GitHub has no environments in private repositories of the plan "${at.plan}"`;
    check.issue("environments", names, want, `use the plan ${plansWith("environments")}`);
    return {};
  }
  return Object.fromEntries(
    names.map((name) => [name, readEnvironment(check, name, given[name] as GithubEnvironmentProps, defaultBranch, at)]),
  );
}

function readEnvironment(
  parent: Check<GithubRepositoryProps>,
  name: string,
  given: GithubEnvironmentProps,
  defaultBranch: string,
  at: RepositoryContext,
): DeploymentEnvironmentSpec {
  const check = parent.nested<GithubEnvironmentProps>(`environments.${name}`, given, KNOWN);
  const reviewers = readReviewers(check, given, at);
  const waitMinutes = check.integer("waitMinutes", { min: 0, max: MAX_WAIT_MINUTES, default: 0, source: "GitHub limit" });
  if (waitMinutes > 0) needsProtection(check, "waitMinutes", waitMinutes, at);
  const tags = readRefs(check, "tags", []);
  const branches = readRefs(check, "branches", tags.length > 0 ? [] : [defaultBranch]);
  if (branches.length + tags.length === 0) check.issue("branches", branches, "a branch or a tag that may deploy, at least");
  return {
    ...(reviewers !== undefined && { reviewers }),
    waitMinutes,
    branches,
    tags,
    variables: readVariables(check, given?.variables),
    secrets: readSecretNames(check, given?.secrets),
  };
}

function readReviewers(
  check: Check<GithubEnvironmentProps>,
  given: GithubEnvironmentProps,
  at: RepositoryContext,
): DeploymentEnvironmentSpec["reviewers"] {
  const profile = check.oneOf("profile", PROFILES, at.profile);
  const because = check.tryText("withoutReviewersBecause", {
    pattern: /\S.{9,}/,
    want: "a reason of 10 characters or more",
    maxLength: 500,
  });
  if (given?.reviewers === undefined) {
    const fix = 'or say withoutReviewersBecause, or use profile "sandbox" for this environment';
    if (profile === "production" && because === undefined) check.issue("reviewers", undefined, "users or teams in production", fix);
    return undefined;
  }
  if (because !== undefined) check.issue("withoutReviewersBecause", because, "nothing beside reviewers", "remove one of the two");
  const own = check.nested<GithubReviewersProps>("reviewers", given.reviewers, ["users", "teams"]);
  const users = readIds(own, "users", own.list<number>("users", "a list of ids", []));
  const teams = readIds(own, "teams", own.list<number>("teams", "a list of ids", []));
  const count = users.length + teams.length;
  if (count === 0 || count > MAX_REVIEWERS)
    check.issue("reviewers", given.reviewers, `1 to ${MAX_REVIEWERS} users and teams (GitHub limit)`);
  if (teams.length > 0 && !featuresOf(at.plan, at.visibility).organization)
    check.issue("reviewers.teams", teams, `nothing: a person's account (plan "${at.plan}") has no teams`, "name users");
  needsProtection(check, "reviewers", given.reviewers, at);
  return { users, teams };
}

function needsProtection(check: Check<GithubEnvironmentProps>, prop: string, got: unknown, { plan, visibility }: RepositoryContext): void {
  if (featuresOf(plan, visibility).environmentReviewers) return;
  const want = `nothing: GitHub has reviewers and wait times for private repositories of the plan ${plansWith("environmentReviewers")} only`;
  check.issue(prop, got, want, "say withoutReviewersBecause, and let the rules of the branch guard the deployment");
}

function readRefs(check: Check<GithubEnvironmentProps>, prop: "branches" | "tags", fallback: readonly string[]): readonly string[] {
  const want = 'patterns of names, such as "main" or "release/*"';
  const list = check.list<string>(prop, want, fallback);
  for (const one of list) if (typeof one !== "string" || isToken(one) || !/^[^\s~^:\\]{1,255}$/.test(one)) check.issue(prop, one, want);
  for (const one of list)
    if (prop === "branches" && ["*", "**", "**/*"].includes(one))
      check.issue(prop, one, "named branches: anyone who may push could deploy");
  duplicates(list).forEach((one) => check.issue(prop, one, "every pattern once"));
  return [...list].sort();
}
