import { defineRule, holdsNot } from "../rule";

/** Names that are tried first. */
const DEFAULTS: readonly string[] = ["admin", "administrator", "doadmin", "postgres", "root", "sa", "user"];

export const databaseAdminName = defineRule({
  id: "database-admin-name",
  pack: "baseline",
  severity: "low",
  title: "The administrator of a database has a name that is not the default.",
  why: "Attackers need to guess the password only.",
  fix: "choose another name for the administrator when the database is created",
  references: { nist: ["GOVERN"] },
  kinds: ["database"],
  check: ({ adminName }) =>
    adminName === "unknown" ? adminName : holdsNot(DEFAULTS.includes(adminName), `the name ${adminName}`, "a name that is not a default"),
});
