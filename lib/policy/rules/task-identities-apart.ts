import { defineRule, holds } from "../rule";

export const taskIdentitiesApart = defineRule({
  id: "task-identities-apart",
  pack: "baseline",
  severity: "medium",
  title: "An agent runs under another identity than that which starts it.",
  why: "The agent can read every secret and image that the platform needs to start it.",
  fix: "use two roles: one to start, one to run",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["task"],
  check: ({ identitiesApart }) => holds(identitiesApart, "one identity for both", "two identities"),
});
