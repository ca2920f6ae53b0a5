import { defineRule, nothingIn } from "../rule";

export const machineNoSecrets = defineRule({
  id: "machine-no-secrets",
  pack: "baseline",
  severity: "critical",
  title: "No secret stands in the data that a machine starts with.",
  why: "Everyone who may describe the machine, and every program on it, can read it.",
  fix: "put the secret into a secret store and let the machine fetch it",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["machine"],
  check: ({ secretsInUserData }) => nothingIn(secretsInUserData, "what looks like a secret:", "no secrets"),
});
