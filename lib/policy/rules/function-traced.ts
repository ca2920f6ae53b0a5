import { defineRule, holds } from "../rule";

export const functionTraced = defineRule({
  id: "function-traced",
  pack: "regulated",
  severity: "low",
  title: "Calls of a function can be traced.",
  why: "Nobody can follow a request from agent to agent.",
  fix: "turn tracing on",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["function"],
  check: ({ traced }) => holds(traced, "no traces", "traces"),
});
