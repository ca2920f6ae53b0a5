import { defineRule, holds } from "../rule";

export const databaseSourcesNamed = defineRule({
  id: "database-sources-named",
  pack: "baseline",
  severity: "critical",
  title: "A database lets named sources connect only.",
  why: "Everyone on the internet can try passwords and known holes.",
  fix: "give the database a firewall that names machines, apps or addresses, and no range of the whole internet",
  references: { asi: ["ASI03", "ASI07"], nist: ["MANAGE"] },
  kinds: ["database"],
  check: ({ sourcesNamed = true }) => holds(sourcesNamed, "connections from anywhere", "named sources only"),
});
