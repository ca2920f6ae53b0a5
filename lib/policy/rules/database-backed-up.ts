import { atLeast, defineRule, whenever } from "../rule";

export const databaseBackedUp = defineRule({
  id: "database-backed-up",
  pack: "baseline",
  severity: "high",
  title: "A database can be restored to any time of the last 7 days.",
  why: "What is deleted or changed by mistake cannot be brought back.",
  fix: "keep automatic backups for 7 days or more",
  references: { asi: ["ASI06"], nist: ["MANAGE"] },
  kinds: ["database"],
  check: ({ replica, backupDays }) => whenever(replica === "unknown" ? replica : !replica, () => atLeast(backupDays, 7, "days of backups")),
});
