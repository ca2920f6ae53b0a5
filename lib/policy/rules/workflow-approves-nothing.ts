import { defineRule, holdsNot } from "../rule";

export const workflowApprovesNothing = defineRule({
  id: "workflow-approves-nothing",
  pack: "baseline",
  severity: "high",
  title: "Workflows cannot approve changes.",
  why: "A run approves what nobody looked at.",
  fix: "keep workflows from approving pull requests",
  references: { asi: ["ASI10"], nist: ["GOVERN"] },
  kinds: ["workflow-rules"],
  check: ({ approves = false }) => holdsNot(approves, "runs can approve", "approval by people only"),
});
