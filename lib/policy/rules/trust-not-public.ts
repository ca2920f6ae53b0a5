import { defineRule, holdsNot } from "../rule";

export const trustNotPublic = defineRule({
  id: "trust-not-public",
  pack: "baseline",
  severity: "critical",
  title: "Only named principals can take on an identity.",
  why: "Anyone with an account can become the agent.",
  fix: "name the principals",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["trust-policy"],
  check: ({ public: exposed }) => holdsNot(exposed, "anyone may take it on", "named principals"),
});
