import { defineRule, holds } from "../rule";

export const databaseTlsRequired = defineRule({
  id: "database-tls-required",
  pack: "baseline",
  severity: "high",
  title: "A database refuses connections without TLS.",
  why: "Passwords and data can be read on their way.",
  fix: "require TLS in the settings of the database",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["database"],
  check: ({ tlsRequired }) => holds(tlsRequired, "connections without TLS are served", "TLS required"),
});
