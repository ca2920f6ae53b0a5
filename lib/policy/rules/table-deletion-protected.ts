import { defineRule, holds } from "../rule";

export const tableDeletionProtected = defineRule({
  id: "table-deletion-protected",
  pack: "baseline",
  severity: "medium",
  title: "A table cannot be deleted by one call.",
  why: "One wrong plan or one stolen key destroys it.",
  fix: "turn deletion protection on",
  references: { asi: ["ASI02"], nist: ["MANAGE"] },
  kinds: ["table"],
  check: ({ deletionProtected }) => holds(deletionProtected, "one call deletes it", "deletion protection"),
});
