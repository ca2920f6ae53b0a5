import { defineRule, nothingIn } from "../rule";

export const containerNoSecrets = defineRule({
  id: "container-no-secrets",
  pack: "baseline",
  severity: "critical",
  title: "No secret stands in the environment of a container.",
  why: "Everyone who may describe the definition can read it, and so can every tool that the agent calls.",
  fix: "reference the secret instead of writing its value",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["container"],
  check: ({ secretsInEnvironment }) => nothingIn(secretsInEnvironment, "values under", "references to a secret store"),
});
