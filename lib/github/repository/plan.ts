import type { RepositoryVisibility } from "../../spec/repository";

/**
 * The plan of the owner, in GitHub's words: `free` and `pro` are of a person, the others of an organization.
 * It is no part of what is created, but decides what GitHub does for a repository that is not public.
 */
export type GithubPlan = "free" | "pro" | "free-organization" | "team" | "enterprise";

export const PLANS = ["free", "pro", "free-organization", "team", "enterprise"] as const satisfies readonly GithubPlan[];

interface Features {
  readonly organization: boolean;
  /** Rules for branches. */
  readonly rulesets: boolean;
  /** Limits of what a push may bring. */
  readonly pushRulesets: boolean;
  readonly environments: boolean;
  /** Reviewers and wait times of environments. */
  readonly environmentReviewers: boolean;
  /** Scanning for secrets, with GitHub Secret Protection bought beside the plan. */
  readonly secretScanning: boolean;
  /** Naming single actions that workflows may use. */
  readonly actionPatterns: boolean;
  /** Owners of paths. */
  readonly codeOwners: boolean;
}

/**
 * What the plans do for repositories that are not public. Sources, read 2026-11-21: https://docs.github.com/en/repositories, "About rulesets" and
 * "About code owners"; https://docs.github.com/en/actions, "Deployments and environments"; https://docs.github.com/en/code-security, "About secret
 * scanning alerts"; https://docs.github.com/en/rest/actions/permissions, `patterns_allowed`.
 */
const NOT_PUBLIC = {
  free: features(false, []),
  "free-organization": features(true, []),
  pro: features(false, ["rulesets", "environments", "codeOwners"]),
  team: features(true, ["rulesets", "pushRulesets", "environments", "codeOwners", "secretScanning"]),
  enterprise: features(true, [
    "rulesets",
    "pushRulesets",
    "environments",
    "environmentReviewers",
    "codeOwners",
    "secretScanning",
    "actionPatterns",
  ]),
} satisfies Record<GithubPlan, Features>;

function features(organization: boolean, has: readonly Exclude<keyof Features, "organization">[]): Features {
  const one = (feature: Exclude<keyof Features, "organization">) => has.includes(feature);
  return {
    organization,
    rulesets: one("rulesets"),
    pushRulesets: one("pushRulesets"),
    environments: one("environments"),
    environmentReviewers: one("environmentReviewers"),
    secretScanning: one("secretScanning"),
    actionPatterns: one("actionPatterns"),
    codeOwners: one("codeOwners"),
  };
}

/** What GitHub does for a repository: everything for a public one, but for limits of pushes, which only the others have. */
export function featuresOf(plan: GithubPlan, visibility: RepositoryVisibility): Features {
  const { organization } = NOT_PUBLIC[plan];
  if (visibility !== "public") return NOT_PUBLIC[plan];
  const all = ["rulesets", "environments", "environmentReviewers", "secretScanning", "actionPatterns", "codeOwners"] as const;
  return features(organization, all);
}

/** The plans that have a feature for repositories that are not public, for messages. */
export function plansWith(feature: keyof Features): string {
  return PLANS.filter((plan) => NOT_PUBLIC[plan][feature])
    .map((plan) => `"${plan}"`)
    .join(" or ");
}
