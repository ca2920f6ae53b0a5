import { defineRule, holds } from "../rule";

export const functionEnvironmentKey = defineRule({
  id: "function-environment-key",
  pack: "regulated",
  severity: "low",
  title: "The variables of a function are encrypted with a customer managed key.",
  why: "Who holds the key can take access away, and sees every use of it.",
  fix: "name a key of your own for the variables",
  references: { nist: ["GOVERN"] },
  kinds: ["function"],
  check: ({ environmentCustomerKey }) => holds(environmentCustomerKey, "a key of the provider", "a customer managed key"),
});
