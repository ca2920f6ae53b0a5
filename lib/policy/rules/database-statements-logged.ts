import { defineRule, holds } from "../rule";

export const databaseStatementsLogged = defineRule({
  id: "database-statements-logged",
  pack: "baseline",
  severity: "low",
  title: "A database logs changes of its structure.",
  why: "Nobody can say who dropped a table.",
  fix: "log statements that change the structure",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["database"],
  check: ({ statementsLogged }) => holds(statementsLogged, "statements are not logged", "at least changes of structure are logged"),
});
