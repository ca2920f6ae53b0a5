import { defineRule, holds } from "../rule";

export const repositoryDeletionProtected = defineRule({
  id: "repository-deletion-protected",
  pack: "baseline",
  severity: "high",
  title: "A repository outlives a mistake in the Terraform.",
  why: "One wrong apply deletes the code with its history and all reviews.",
  fix: "set prevent_destroy, or archive it where it would be destroyed",
  references: { asi: ["ASI08"], nist: ["MANAGE"] },
  kinds: ["code-repository"],
  check: ({ deletionProtected }) => holds(deletionProtected, "it can be deleted", "protection from deletion"),
});
