import { defineRule, holds } from "../rule";

export const keyRotated = defineRule({
  id: "key-rotated",
  pack: "baseline",
  severity: "medium",
  title: "A key is renewed every year.",
  why: "What is read with an old key stays readable for ever.",
  fix: "turn rotation on",
  references: { nist: ["MANAGE"] },
  kinds: ["encryption-key"],
  check: ({ rotated }) => holds(rotated, "never renewed", "automatic rotation"),
});
