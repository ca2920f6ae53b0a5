import { defineRule, holds, whenever } from "../rule";

export const repositoryStaleDismissed = defineRule({
  id: "repository-stale-dismissed",
  pack: "baseline",
  severity: "medium",
  title: "A new commit takes back the approvals before it.",
  why: "What was approved is not what is merged.",
  fix: "dismiss stale approvals",
  references: { asi: ["ASI10"], nist: ["GOVERN"] },
  kinds: ["code-repository"],
  check: ({ approvals, staleDismissed }) =>
    whenever(approvals === "unknown" ? approvals : approvals > 0, () => holds(staleDismissed, "approvals stay", "dismissed approvals")),
});
