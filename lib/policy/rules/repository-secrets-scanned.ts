import { defineRule, holds } from "../rule";

export const repositorySecretsScanned = defineRule({
  id: "repository-secrets-scanned",
  pack: "baseline",
  severity: "medium",
  title: "Pushes with secrets are refused.",
  why: "A key in the history stays readable for everyone who can read the repository.",
  fix: "switch on scanning for secrets and its protection of pushes, or scan before every push and acknowledge it",
  references: { asi: ["ASI03"], nist: ["MANAGE"] },
  kinds: ["code-repository"],
  check: ({ secretsScanned }) => holds(secretsScanned, "no scanning", "scanning for secrets and protection of pushes"),
});
