import { defineRule, holds } from "../rule";

export const repositoryOwnersAsked = defineRule({
  id: "repository-owners-asked",
  pack: "regulated",
  severity: "medium",
  title: "Those who own changed paths have to approve.",
  why: "People approve what they do not know.",
  fix: "name code owners and ask for their approval",
  references: { asi: ["ASI10"], nist: ["GOVERN"] },
  kinds: ["code-repository"],
  check: ({ ownersAsked }) => holds(ownersAsked, "anyone can approve", "approval by the owners of the paths"),
});
