import { defineRule, encrypted } from "../rule";

export const queueEncrypted = defineRule({
  id: "queue-encrypted",
  pack: "baseline",
  severity: "medium",
  title: "Messages in a queue are encrypted.",
  why: "What agents tell each other can be read at rest.",
  fix: "encrypt the queue",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["queue"],
  check: ({ encryption }) => encrypted(encryption),
});
