import { defineRule, holds } from "../rule";

export const functionDeadLetters = defineRule({
  id: "function-dead-letters",
  pack: "baseline",
  severity: "low",
  title: "Events that a function fails on are kept.",
  why: "Work is lost without a trace.",
  fix: "name a queue or topic for events that fail",
  references: { asi: ["ASI08"], nist: ["MEASURE"] },
  kinds: ["function"],
  check: ({ deadLetters }) => holds(deadLetters, "failed events are dropped", "a place for failed events"),
});
