import { defineRule, holds } from "../rule";

export const backupPlanExpires = defineRule({
  id: "backup-plan-expires",
  pack: "baseline",
  severity: "low",
  title: "Backups are deleted some day.",
  why: "Backups without end cost more every month, and keep what should be forgotten.",
  fix: "say after how many days backups are deleted",
  references: { nist: ["GOVERN"] },
  kinds: ["backup-plan"],
  check: ({ expires }) => holds(expires, "backups are kept for ever", "an end for every rule"),
});
