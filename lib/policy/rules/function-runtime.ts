import { defineRule, holds } from "../rule";

export const functionRuntime = defineRule({
  id: "function-runtime",
  pack: "baseline",
  severity: "medium",
  title: "The runtime of a function gets security updates.",
  why: "Known holes stay open for ever.",
  fix: "move to a supported runtime",
  references: { asi: ["ASI04"], nist: ["MANAGE"] },
  kinds: ["function"],
  check: ({ runtimeSupported }) => holds(runtimeSupported, "a runtime without support", "a supported runtime"),
});
