import { defineRule, holds } from "../rule";

export const clusterInsights = defineRule({
  id: "cluster-insights",
  pack: "baseline",
  severity: "low",
  title: "What happens in a cluster is measured.",
  why: "Agents that restart all the time are noticed by their users first.",
  fix: "turn container insights on",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["cluster"],
  check: ({ insights }) => holds(insights, "no measurements", "container insights"),
});
