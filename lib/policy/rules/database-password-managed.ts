import { defineRule, holds } from "../rule";

export const databasePasswordManaged = defineRule({
  id: "database-password-managed",
  pack: "baseline",
  severity: "critical",
  title: "The password of a database stands neither in the code nor in the state.",
  why: "Who reads the repository or the state file can log in.",
  fix: "let the platform manage the password, or pass it by a write-only argument",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["database"],
  check: ({ password }) =>
    password === "unknown"
      ? password
      : holds(
          password === "managed",
          password === "code" ? "a password in the code" : "a password in the state",
          "a managed or write-only password",
        ),
});
