import { defineRule, holdsNot } from "../rule";

export const topicNotPublic = defineRule({
  id: "topic-not-public",
  pack: "baseline",
  severity: "high",
  title: "Only named identities use a topic.",
  why: "Anyone can send agents messages, or listen to theirs.",
  fix: "name principals in its policy, or bind it by conditions",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["topic"],
  check: ({ public: exposed }) => holdsNot(exposed, "anyone may use it", "named principals"),
});
