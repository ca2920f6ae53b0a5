import { defineRule, holds } from "../rule";

export const workflowTokenReads = defineRule({
  id: "workflow-token-reads",
  pack: "baseline",
  severity: "high",
  title: "The token of a run may only read unless its workflow asks for more.",
  why: "Every action of every run can change the code.",
  fix: "set the default permissions of workflows to read",
  references: { asi: ["ASI03"], nist: ["MANAGE"] },
  kinds: ["workflow-rules"],
  check: ({ tokenReads = true }) => holds(tokenReads, "the token may write", "a token that reads"),
});
