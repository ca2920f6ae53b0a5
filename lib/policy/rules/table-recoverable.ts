import { defineRule, holds } from "../rule";

export const tableRecoverable = defineRule({
  id: "table-recoverable",
  pack: "baseline",
  severity: "high",
  title: "A table can be restored to any time of the last weeks.",
  why: "What is deleted or changed by mistake cannot be brought back.",
  fix: "turn recovery to a point in time on",
  references: { asi: ["ASI06"], nist: ["MANAGE"] },
  kinds: ["table"],
  check: ({ pointInTimeRecovery }) => holds(pointInTimeRecovery, "no recovery to a point in time", "recovery to a point in time"),
});
