import { defineRule, holds } from "../rule";

export const serviceRollback = defineRule({
  id: "service-rollback",
  pack: "baseline",
  severity: "medium",
  title: "A deployment that fails is rolled back by itself.",
  why: "A broken version stays in place until somebody notices.",
  fix: "turn automatic rollback on",
  references: { asi: ["ASI08", "ASI10"], nist: ["MANAGE"] },
  kinds: ["service"],
  check: ({ rollback }) => holds(rollback, "no automatic rollback", "automatic rollback"),
});
