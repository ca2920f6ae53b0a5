import { defineRule, holds, whenever } from "../rule";

export const machineDeletionProtected = defineRule({
  id: "machine-deletion-protected",
  pack: "baseline",
  severity: "medium",
  title: "A machine cannot be terminated by one call.",
  why: "One wrong plan or one stolen key stops the agents on it.",
  fix: "turn termination protection on",
  references: { asi: ["ASI02", "ASI10"], nist: ["MANAGE"] },
  kinds: ["machine"],
  check: ({ template, deletionProtected }) =>
    whenever(!template, () => holds(deletionProtected, "one call terminates it", "termination protection")),
});
