import { defineRule, encrypted } from "../rule";

export const parameterEncrypted = defineRule({
  id: "parameter-encrypted",
  pack: "baseline",
  severity: "medium",
  title: "Settings are encrypted.",
  why: "Settings tell an attacker where everything is, and often hold more than they should.",
  fix: "store the setting as a secure string",
  references: { nist: ["MANAGE"] },
  kinds: ["parameter"],
  check: ({ encryption }) => encrypted(encryption),
});
