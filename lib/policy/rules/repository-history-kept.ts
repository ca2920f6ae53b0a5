import { defineRule, holds } from "../rule";

export const repositoryHistoryKept = defineRule({
  id: "repository-history-kept",
  pack: "baseline",
  severity: "high",
  title: "Nobody can rewrite or delete the default branch.",
  why: "Whoever may push can make what happened unseen, and agents that were reviewed into others.",
  fix: "add rules for the default branch that refuse force pushes and deletion",
  references: { asi: ["ASI10"], nist: ["GOVERN"] },
  kinds: ["code-repository"],
  check: ({ historyKept }) => holds(historyKept, "force pushes or deletion are possible", "neither force pushes nor deletion"),
});
