import { defineRule, holds } from "../rule";

export const repositoryChecksRequired = defineRule({
  id: "repository-checks-required",
  pack: "baseline",
  severity: "medium",
  title: "Checks have to succeed before a change is taken.",
  why: "What fails its tests, or its policy, runs.",
  fix: "name the status checks that have to succeed",
  references: { asi: ["ASI08"], nist: ["MEASURE"] },
  kinds: ["code-repository"],
  check: ({ checksRequired }) => holds(checksRequired, "no checks", "checks that have to succeed"),
});
