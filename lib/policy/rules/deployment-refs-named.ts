import { defineRule, holds } from "../rule";

export const deploymentRefsNamed = defineRule({
  id: "deployment-refs-named",
  pack: "baseline",
  severity: "high",
  title: "Named branches or tags only can deploy.",
  why: "Everyone who may push any branch gets the identity and the secrets of the environment.",
  fix: "name the branches and tags that may deploy",
  references: { asi: ["ASI03"], nist: ["MANAGE"] },
  kinds: ["deployment-gate"],
  check: ({ refsNamed }) => holds(refsNamed, "every branch can deploy", "named branches and tags"),
});
