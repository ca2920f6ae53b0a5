import { defineRule, holds } from "../rule";

export const backupPlanCopies = defineRule({
  id: "backup-plan-copies",
  pack: "regulated",
  severity: "medium",
  title: "Backups are copied to another vault.",
  why: "Backups in one region are lost with it.",
  fix: "copy backups to a vault in another region",
  references: { nist: ["MANAGE"] },
  kinds: ["backup-plan"],
  check: ({ copied }) => holds(copied, "one vault", "a copy in another vault"),
});
