import { defineRule, encrypted } from "../rule";

export const topicEncrypted = defineRule({
  id: "topic-encrypted",
  pack: "baseline",
  severity: "medium",
  title: "Messages on a topic are encrypted.",
  why: "What agents tell each other can be read at rest.",
  fix: "encrypt the topic",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["topic"],
  check: ({ encryption }) => encrypted(encryption),
});
