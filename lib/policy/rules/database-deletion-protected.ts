import { defineRule, holds, whenever } from "../rule";

export const databaseDeletionProtected = defineRule({
  id: "database-deletion-protected",
  pack: "baseline",
  severity: "high",
  title: "A database cannot be deleted by one call.",
  why: "One wrong plan or one stolen key destroys it.",
  fix: "turn deletion protection on",
  references: { asi: ["ASI02", "ASI10"], nist: ["MANAGE"] },
  kinds: ["database"],
  check: ({ replica, deletionProtected }) =>
    whenever(replica === "unknown" ? replica : !replica, () => holds(deletionProtected, "one call deletes it", "deletion protection")),
});
