import { defineRule, holds } from "../rule";

export const taskOwnIdentity = defineRule({
  id: "task-own-identity",
  pack: "baseline",
  severity: "high",
  title: "No two agents share an identity.",
  why: "What one agent did cannot be told from what the other did, and both can do what either needs.",
  fix: "give every definition a role of its own",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["task"],
  check: ({ ownIdentity }) => holds(ownIdentity, "an identity that another definition has too", "one identity for each agent"),
});
