import { defineRule, holds } from "../rule";

export const functionConcurrencyCapped = defineRule({
  id: "function-concurrency-capped",
  pack: "baseline",
  severity: "medium",
  title: "A function has a limit of how many run at once.",
  why: "A loop between agents takes the capacity and the money of the whole account.",
  fix: "reserve a number of concurrent executions",
  references: { asi: ["ASI08"], nist: ["MANAGE"] },
  kinds: ["function"],
  check: ({ concurrency }) =>
    concurrency === "unknown" ? concurrency : holds(concurrency >= 0, "no limit of its own", "a reserved number"),
});
