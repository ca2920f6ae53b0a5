import type { Check, KeysOf } from "../../spec/check";
import type { Profile } from "../../spec/context";
import type { BranchRulesSpec, PushLimitsSpec, RepositoryVisibility, ReviewSpec, StatusCheckSpec } from "../../spec/repository";
import { featuresOf, plansWith, type GithubPlan } from "./plan";
import type { GithubPushLimitsProps, GithubRepositoryProps, GithubReviewProps } from "./repository-props";

/** What the parts of a repository's spec depend on. */
export interface RepositoryContext {
  readonly profile: Profile;
  readonly plan: GithubPlan;
  readonly visibility: RepositoryVisibility;
  readonly vault: boolean;
}

type RepositoryCheck = Check<GithubRepositoryProps>;

/** Files that hold keys or sessions: they stay where they are made. */
const VAULT_LIMITS: PushLimitsSpec = {
  paths: [".env*", "**/.env*", "*.session", "**/*.session", "credentials.json", "**/credentials.json", "tokens/**/*", "**/tokens/**/*"],
  maxFileMB: 50,
};

/** Most approvals. Source: https://docs.github.com/en/rest/repos/rules, `required_approving_review_count`, read 2026-11-21. */
const MAX_APPROVALS = 10;

/** The rules of the default branch. */
export function readBranchRules(check: RepositoryCheck, props: GithubRepositoryProps, at: RepositoryContext): BranchRulesSpec | undefined {
  const possible = featuresOf(at.plan, at.visibility).rulesets;
  if (!possible) return withoutRules(check, props, at);
  const review = readReview(check, props, at);
  return {
    ...(review !== undefined && { review }),
    statusChecks: readStatusChecks(check),
    signedCommits: check.flag("signedCommits", false),
    linearHistory: !(props?.mergeMethods ?? ["squash"]).includes("merge"),
    bypassApps: readIds(check, "bypassApps", check.list<number>("bypassApps", "a list of ids of GitHub apps", [])),
  };
}

const RULE_PROPS = ["review", "statusChecks", "signedCommits", "bypassApps"] as const;

/** Nothing of the rules may be asked for where GitHub has none; production needs them. */
function withoutRules(check: RepositoryCheck, props: GithubRepositoryProps, { profile, plan }: RepositoryContext): undefined {
  const why = `GitHub has no rulesets for private repositories of the plan "${plan}"`;
  for (const prop of RULE_PROPS)
    if (props?.[prop] !== undefined && props[prop] !== false)
      check.issue(prop, props[prop], `nothing: ${why}`, `use the plan ${plansWith("rulesets")}`);
  if (profile === "production")
    check.issue(
      "plan",
      plan,
      `${plansWith("rulesets")} for a private repository in production: its branches need rules`,
      'or use profile "sandbox"',
    );
  return undefined;
}

function readReview(check: RepositoryCheck, props: GithubRepositoryProps, { profile, vault }: RepositoryContext): ReviewSpec | undefined {
  const given = props?.review ?? (vault ? false : {});
  if (given === false) {
    const fix = 'leave it out, or use profile "sandbox"';
    if (profile === "production" && !vault) check.issue("review", false, "a review of every change in production", fix);
    return undefined;
  }
  const known = { approvals: true, codeOwners: true } satisfies KeysOf<GithubReviewProps>;
  const review = check.nested<GithubReviewProps>("review", given, known);
  const approvals = review.integer("approvals", {
    min: 0,
    max: MAX_APPROVALS,
    default: profile === "production" ? 2 : 0,
    source: "GitHub limit",
  });
  return {
    approvals,
    codeOwners: review.flag("codeOwners", (props?.codeOwners ?? []).length > 0),
    // Where nobody has to approve, an approval of the last push would be one after all.
    dismissStale: approvals > 0,
    lastPush: approvals > 0,
  };
}

function readStatusChecks(check: RepositoryCheck): readonly StatusCheckSpec[] {
  const given = check.list<StatusCheckSpec>("statusChecks", "a list of checks", []);
  const read = given.map((one, at) => {
    const own = check.nested<StatusCheckSpec>(`statusChecks[${at}]`, one, ["name", "appId"]);
    const appId = own.tryInteger("appId", { min: 1, max: Number.MAX_SAFE_INTEGER });
    return {
      name: own.text("name", { pattern: /^(?!.*[$%]\{)\S(.*\S)?$/, want: "the name of a check", maxLength: 255 }),
      ...(appId !== undefined && { appId }),
    };
  });
  duplicates(read.map(({ name }) => name)).forEach((name) => check.issue("statusChecks", name, "every check once"));
  return read;
}

/** Ids of apps, users or teams: whole numbers, each once. */
export function readIds<P extends object>(check: Check<P>, prop: string, given: readonly number[]): readonly number[] {
  for (const id of given)
    if (!Number.isSafeInteger(id) || id < 1)
      check.issue(prop, id, "ids: whole numbers, 1 or more", "GitHub shows them in its API, not its pages");
  duplicates(given).forEach((id) => check.issue(prop, id, "every id once"));
  return [...given];
}

/** What is in a list more than once. */
export function duplicates<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list.filter((one, at) => list.indexOf(one) !== at))];
}

const KNOWN_LIMITS = { paths: true, extensions: true, maxFileMB: true, maxPathLength: true } satisfies KeysOf<GithubPushLimitsProps>;

/** What no push may bring. */
export function readPushLimits(check: RepositoryCheck, props: GithubRepositoryProps, at: RepositoryContext): PushLimitsSpec | undefined {
  const given = props?.pushLimits ?? (at.vault ? VAULT_LIMITS : false);
  if (given === false) return undefined;
  if (!featuresOf(at.plan, at.visibility).pushRulesets) {
    const where = at.visibility === "public" ? "public repositories" : `the plan "${at.plan}"`;
    const plans = `a plan that has them (${plansWith("pushRulesets")}, not public)`;
    const fix = at.vault ? `use ${plans}, or say false and scan before every push` : `use ${plans}`;
    check.issue("pushLimits", props?.pushLimits, `false: GitHub has no limits of pushes for ${where}`, fix);
    return undefined;
  }
  return limitsOf(check.nested<GithubPushLimitsProps>("pushLimits", given, KNOWN_LIMITS), given);
}

/** Largest values. Sources: github/resource_github_repository_ruleset.go of the provider 6.9.0 (1 to 100 MB), and GitHub's REST reference of rules, read 2026-11-21. */
function limitsOf(check: Check<GithubPushLimitsProps>, given: GithubPushLimitsProps): PushLimitsSpec {
  const paths = given.paths === undefined ? undefined : readPatterns(check, "paths");
  const extensions = given.extensions === undefined ? undefined : readPatterns(check, "extensions");
  const maxFileMB = check.tryInteger("maxFileMB", { min: 1, max: 100, source: "GitHub limit" });
  const maxPathLength = check.tryInteger("maxPathLength", { min: 1, max: 32767, source: "GitHub limit" });
  if ([paths, extensions, maxFileMB, maxPathLength].every((limit) => limit === undefined))
    check.issue("", given, "at least one limit", "or say false");
  return {
    ...(paths !== undefined && { paths }),
    ...(extensions !== undefined && { extensions }),
    ...(maxFileMB !== undefined && { maxFileMB }),
    ...(maxPathLength !== undefined && { maxPathLength }),
  };
}

function readPatterns(check: Check<GithubPushLimitsProps>, prop: "paths" | "extensions"): readonly string[] {
  const want = prop === "paths" ? "patterns of paths, such as tokens/**/*" : 'patterns of extensions, such as "*.exe"';
  const list = check.list<string>(prop, want);
  const pattern = prop === "paths" ? /^[^\s/][^\r\n]{0,199}$/ : /^\*\.[^\s/*]{1,50}$/;
  if (list.length === 0) check.issue(prop, list, `${want}, at least one`);
  for (const one of list) if (typeof one !== "string" || !pattern.test(one)) check.issue(prop, one, want);
  duplicates(list).forEach((one) => check.issue(prop, one, "every pattern once"));
  return [...list];
}
