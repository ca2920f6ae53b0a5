import { defineRule, holds } from "../rule";

export const deployKeyReads = defineRule({
  id: "deploy-key-reads",
  pack: "baseline",
  severity: "medium",
  title: "A key of a machine only reads.",
  why: "Whoever takes over the machine changes the repository.",
  fix: "make the key read only, or acknowledge why it writes",
  references: { asi: ["ASI03"], nist: ["MANAGE"] },
  kinds: ["deploy-key"],
  check: ({ readOnly }) => holds(readOnly, "it can push", "a key that reads"),
});
