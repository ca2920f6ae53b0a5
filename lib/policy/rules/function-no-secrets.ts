import { defineRule, nothingIn } from "../rule";

export const functionNoSecrets = defineRule({
  id: "function-no-secrets",
  pack: "baseline",
  severity: "critical",
  title: "No secret stands in the environment of a function.",
  why: "Everyone who may describe the function can read it.",
  fix: "put the secret into a secret store and let the function fetch it",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["function"],
  check: ({ secretsInEnvironment }) => nothingIn(secretsInEnvironment, "values under", "no secrets"),
});
