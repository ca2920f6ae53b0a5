import type { StatefulTypes } from "../change/stateful";

/**
 * What holds data at GitHub, and the attributes whose change makes the provider destroy it and create it anew.
 * Read from `ForceNew` and `CustomizeDiff` in the source of the Terraform provider 6.9.0 (github/resource_*.go), 2026-11-21.
 * A repository is renamed in place. Files and branches are not in it: what was on them stays in the history.
 */
export const githubStateful: StatefulTypes = {
  github_issue: { properties: ["repository"] },
  github_release: {
    properties: ["discussion_category_name", "draft", "repository", "tag_name", "target_commitish"],
    alsoWhenRemoved: ["discussion_category_name", "draft"],
  },
  github_repository: { properties: ["fork", "source_owner", "source_repo"] },
};
