import { atLeast, defineRule } from "../rule";

export const repositoryChangesApproved = defineRule({
  id: "repository-changes-approved",
  pack: "baseline",
  severity: "high",
  title: "Two others approve every change.",
  why: "One stolen account, or one agent gone wrong, changes what runs.",
  fix: "ask for two approvals, or acknowledge why changes come without",
  references: { asi: ["ASI10"], nist: ["GOVERN"] },
  kinds: ["code-repository"],
  check: ({ approvals }) => atLeast(approvals, 2, "approvals"),
});
