import { atLeast, defineRule, whenever } from "../rule";

export const databaseZones = defineRule({
  id: "database-zones",
  pack: "baseline",
  severity: "medium",
  title: "A database runs in two zones.",
  why: "When a zone fails, agents lose their memory until the database is rebuilt.",
  fix: "keep a standby in a second zone",
  references: { asi: ["ASI08"], nist: ["MANAGE"] },
  kinds: ["database"],
  check: ({ replica, zones }) => whenever(replica === "unknown" ? replica : !replica, () => atLeast(zones, 2, "zones")),
});
