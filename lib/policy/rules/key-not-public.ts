import { defineRule, holdsNot } from "../rule";

export const keyNotPublic = defineRule({
  id: "key-not-public",
  pack: "baseline",
  severity: "critical",
  title: "A key is for named identities only.",
  why: "Anyone can decrypt what it protects.",
  fix: "name principals in its policy, or bind it by conditions",
  references: { asi: ["ASI03"], nist: ["MANAGE"] },
  kinds: ["encryption-key"],
  check: ({ public: exposed }) => holdsNot(exposed, "anyone may use it", "named principals"),
});
