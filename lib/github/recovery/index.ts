import { documented, MechanismTable, UNPUBLISHED } from "../../recovery/mechanisms";
import type { ProviderRecovery, StatefulReader } from "../../recovery/stateful";
import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import { settingsOf } from "../../facts/values";

const READ = "2026-11-21";

/**
 * How data survives at GitHub, which publishes no figure for a loss on its side: neither where a repository is kept nor how often it is copied.
 * A repository is text that everyone who clones it has; nothing clones it on time unless something is told to.
 */
export const GITHUB_MECHANISMS = new MechanismTable({
  history: {
    title: "history that nobody can rewrite",
    scopes: ["operator-error"],
    rpo: documented(0),
    rto: UNPUBLISHED,
    note: "a wrong change is reverted by another; issues and settings have no history",
    source:
      "https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets",
    date: READ,
  },
});

/** A repository, with the history of its default branch. */
const readRepository: StatefulReader = (repository, inventory) => {
  const { address, path } = repository;
  const kept = keepsHistory(repository, inventory);
  return {
    address,
    path,
    what: "repository",
    mechanisms: kept ? [GITHUB_MECHANISMS.use("history")] : [],
    alternatives: () => (kept ? [] : [{ use: GITHUB_MECHANISMS.use("history") }]),
    notes: ["a clone is a copy of that moment only: nothing makes one on time"],
  };
};

function keepsHistory(repository: ResourceView, inventory: Inventory): boolean {
  return settingsOf("github_repository_ruleset", "repository", repository, "name", inventory).some(({ attributes }) => {
    const { non_fast_forward: noForce, deletion } = block(attributes.rules);
    const refs = asList(block(block(attributes.conditions).ref_name).include);
    const inForce = attributes.enforcement === "active" && attributes.target === "branch";
    return inForce && noForce === true && deletion === true && refs.some((ref) => ref === "~DEFAULT_BRANCH" || ref === "~ALL");
  });
}

/** Holds something that is no data of the service. */
const notJudged =
  (why: string): StatefulReader =>
  ({ address, path }) => ({ address, path, why });

/** What at GitHub holds data, and how it survives. Types that are not here hold none. */
export const githubRecovery: ProviderRecovery = {
  github_issue: notJudged("one issue of a repository, which is judged"),
  github_release: notJudged("built again from its tag"),
  github_repository: readRepository,
};
