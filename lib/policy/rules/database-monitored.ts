import { defineRule, holds } from "../rule";

export const databaseMonitored = defineRule({
  id: "database-monitored",
  pack: "baseline",
  severity: "low",
  title: "The operating system of a database is watched.",
  why: "A database that runs out of memory or disk is noticed by its users first.",
  fix: "turn enhanced monitoring on",
  references: { nist: ["MEASURE"] },
  kinds: ["database"],
  check: ({ monitored }) => holds(monitored, "no monitoring of the operating system", "monitoring every 60 seconds or more often"),
});
