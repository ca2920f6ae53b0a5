import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import type { Known, PostureReader } from "../../facts/posture";
import { all, flag, isExpression, not, numeric, oneOf, settingsOf, some, word } from "../../facts/values";

/** Rules for the default branch, from a ruleset or from the older branch protection, in the same words. */
interface Rules {
  readonly historyKept: Known<boolean>;
  readonly approvals: Known<number>;
  readonly staleDismissed: Known<boolean>;
  readonly ownersAsked: Known<boolean>;
  readonly checksRequired: Known<boolean>;
  readonly commitsSigned: Known<boolean>;
}

/** A repository, with the rulesets and branch protections that name it. */
export const readCodeRepository: PostureReader = (repository, inventory) => {
  const { address, path, attributes } = repository;
  const rules = [...rulesetsOf(repository, inventory), ...protectionsOf(repository, inventory)];
  const open = isExpression(attributes.visibility) ? "unknown" : publicOf(attributes);
  const analysis = block(attributes.security_and_analysis);
  const enabled = (name: string) => oneOf(block(analysis[name]).status, ["enabled"], "");
  return [
    {
      kind: "code-repository",
      address,
      path,
      public: open,
      dependenciesWatched: flag(attributes.vulnerability_alerts, false),
      secretsScanned: all([enabled("secret_scanning"), enabled("secret_scanning_push_protection")]),
      deletionProtected: some([flag(block(attributes.lifecycle).prevent_destroy, false), flag(attributes.archive_on_destroy, false)]),
      historyKept: some(rules.map((rule) => rule.historyKept)),
      approvals: most(rules.map((rule) => rule.approvals)),
      staleDismissed: some(rules.map((rule) => rule.staleDismissed)),
      ownersAsked: some(rules.map((rule) => rule.ownersAsked)),
      checksRequired: some(rules.map((rule) => rule.checksRequired)),
      commitsSigned: some(rules.map((rule) => rule.commitsSigned)),
    },
  ];
};

/** Public unless something is said, in the newer or the older words. */
function publicOf(attributes: ResourceView["attributes"]): Known<boolean> {
  if (attributes.visibility === undefined) return not(flag(attributes.private, false));
  return oneOf(attributes.visibility, ["public"], "public");
}

/** The strictest of several rules counts: they all hold. */
function most(numbers: readonly Known<number>[]): Known<number> {
  const known = numbers.filter((number) => number !== "unknown");
  const best = Math.max(0, ...known);
  return known.length < numbers.length && best < 2 ? "unknown" : best;
}

/** The default branch in the words of a ruleset; GitHub calls it main when nothing is said. */
function defaultBranchOf(repository: ResourceView, inventory: Inventory): readonly string[] {
  const [chosen] = settingsOf("github_branch_default", "repository", repository, "name", inventory);
  return ["~DEFAULT_BRANCH", "~ALL", `refs/heads/${word(chosen?.attributes.branch, "main")}`];
}

/** Rulesets that are in force for the default branch. */
function rulesetsOf(repository: ResourceView, inventory: Inventory): readonly Rules[] {
  const wanted = defaultBranchOf(repository, inventory);
  return settingsOf("github_repository_ruleset", "repository", repository, "name", inventory)
    .filter(({ attributes }) => word(attributes.target, "") === "branch" && word(attributes.enforcement, "") === "active")
    .filter(({ attributes }) => asList(block(block(attributes.conditions).ref_name).include).some((ref) => wanted.includes(String(ref))))
    .map(({ attributes }) => {
      const rules = block(attributes.rules);
      const review = block(rules.pull_request);
      return {
        historyKept: all([flag(rules.non_fast_forward, false), flag(rules.deletion, false)]),
        approvals: numeric(review.required_approving_review_count, 0),
        staleDismissed: flag(review.dismiss_stale_reviews_on_push, false),
        ownersAsked: flag(review.require_code_owner_review, false),
        checksRequired: asList(block(rules.required_status_checks).required_check).length > 0,
        commitsSigned: flag(rules.required_signatures, false),
      };
    });
}

/** Protection of branches in the older form; which branch is the default is a name there. */
function protectionsOf(repository: ResourceView, inventory: Inventory): readonly Rules[] {
  const newer = settingsOf("github_branch_protection", "repository_id", repository, "name", inventory);
  const older = settingsOf("github_branch_protection_v3", "repository", repository, "name", inventory);
  return [...newer, ...older].map(({ attributes }) => {
    const review = block(attributes.required_pull_request_reviews);
    const checks = block(attributes.required_status_checks);
    return {
      historyKept: all([not(flag(attributes.allows_force_pushes, false)), not(flag(attributes.allows_deletions, false))]),
      approvals: numeric(review.required_approving_review_count, 0),
      staleDismissed: flag(review.dismiss_stale_reviews, false),
      ownersAsked: flag(review.require_code_owner_reviews, false),
      checksRequired: asList(checks.contexts ?? checks.checks).length > 0,
      commitsSigned: flag(attributes.require_signed_commits, false),
    };
  });
}
