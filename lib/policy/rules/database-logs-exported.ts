import { defineRule, holds } from "../rule";

export const databaseLogsExported = defineRule({
  id: "database-logs-exported",
  pack: "baseline",
  severity: "medium",
  title: "The log of a database is kept outside of it.",
  why: "Traces are lost with the database, and nobody is told of errors.",
  fix: "export the log of the database",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["database"],
  check: ({ logsExported }) => holds(logsExported, "the log stays inside", "the log is exported"),
});
