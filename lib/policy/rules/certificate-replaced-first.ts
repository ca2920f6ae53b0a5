import { defineRule, holds } from "../rule";

export const certificateReplacedFirst = defineRule({
  id: "certificate-replaced-first",
  pack: "baseline",
  severity: "low",
  title: "A new certificate is there before the old one is removed.",
  why: "While it is replaced, nobody reaches the agents.",
  fix: "set create_before_destroy",
  references: { asi: ["ASI08"], nist: ["MANAGE"] },
  kinds: ["certificate"],
  check: ({ replacedBeforeDestroyed }) => holds(replacedBeforeDestroyed, "the old one is removed first", "the new one is created first"),
});
