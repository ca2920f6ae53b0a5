import { defineRule, holds } from "../rule";

export const queueDeadLetters = defineRule({
  id: "queue-dead-letters",
  pack: "baseline",
  severity: "low",
  title: "Messages that cannot be handled are kept.",
  why: "One bad message is tried again and again, or lost without a trace.",
  fix: "name a queue for messages that fail",
  references: { asi: ["ASI08"], nist: ["MEASURE"] },
  kinds: ["queue"],
  check: ({ deadLetters }) => holds(deadLetters, "failed messages are dropped", "a queue for failed messages"),
});
