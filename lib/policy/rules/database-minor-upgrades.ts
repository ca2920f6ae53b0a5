import { defineRule, holds } from "../rule";

export const databaseMinorUpgrades = defineRule({
  id: "database-minor-upgrades",
  pack: "baseline",
  severity: "medium",
  title: "A database takes security updates by itself.",
  why: "Known holes stay open until somebody thinks of them.",
  fix: "allow minor upgrades in the maintenance window",
  references: { nist: ["MANAGE"] },
  kinds: ["database"],
  check: ({ minorUpgrades }) => holds(minorUpgrades, "upgrades by hand", "automatic minor upgrades"),
});
