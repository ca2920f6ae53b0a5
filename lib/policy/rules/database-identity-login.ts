import { defineRule, holds } from "../rule";

export const databaseIdentityLogin = defineRule({
  id: "database-identity-login",
  pack: "baseline",
  severity: "low",
  title: "Agents can log in to a database with their own identity.",
  why: "A shared password says nothing about who used it, and is hard to take back.",
  fix: "allow log-in by identities of the platform",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["database"],
  check: ({ identityLogin }) => holds(identityLogin, "passwords only", "log-in by identity"),
});
