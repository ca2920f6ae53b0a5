import { defineRule, holds } from "../rule";

export const trustSubjectsNamed = defineRule({
  id: "trust-subjects-named",
  pack: "baseline",
  severity: "high",
  title: "Pipelines from outside are bound to a named repository and branch.",
  why: "Every pipeline of the same platform, of anyone, can become the agent.",
  fix: "bind the trust to the subject of the token",
  references: { asi: ["ASI03", "ASI04"], nist: ["GOVERN"] },
  kinds: ["trust-policy"],
  check: ({ subjectsNamed }) => holds(subjectsNamed, "any subject", "a condition on the subject of the token"),
});
