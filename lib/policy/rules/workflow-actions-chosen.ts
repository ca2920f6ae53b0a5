import { defineRule, holds } from "../rule";

export const workflowActionsChosen = defineRule({
  id: "workflow-actions-chosen",
  pack: "baseline",
  severity: "high",
  title: "Workflows use chosen actions only.",
  why: "Code of anyone runs with what a workflow may do.",
  fix: "allow selected actions only",
  references: { asi: ["ASI04"], nist: ["GOVERN"] },
  kinds: ["workflow-rules"],
  check: ({ actionsChosen = true }) => holds(actionsChosen, "all actions are allowed", "selected actions only"),
});
