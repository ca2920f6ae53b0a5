import { defineRule, holdsNot } from "../rule";

export const queueNotPublic = defineRule({
  id: "queue-not-public",
  pack: "baseline",
  severity: "high",
  title: "Only named identities use a queue.",
  why: "Anyone can give agents work, or take it away.",
  fix: "name principals in its policy, or bind it by conditions",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["queue"],
  check: ({ public: exposed }) => holdsNot(exposed, "anyone may use it", "named principals"),
});
