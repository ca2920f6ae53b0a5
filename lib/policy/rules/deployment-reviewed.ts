import { defineRule, holds } from "../rule";

export const deploymentReviewed = defineRule({
  id: "deployment-reviewed",
  pack: "baseline",
  severity: "medium",
  title: "Somebody approves a deployment.",
  why: "What was pushed runs at once, whoever pushed it.",
  fix: "name reviewers of the environment, or acknowledge why there are none",
  references: { asi: ["ASI10"], nist: ["GOVERN"] },
  kinds: ["deployment-gate"],
  check: ({ reviewed }) => holds(reviewed, "nobody approves", "reviewers"),
});
