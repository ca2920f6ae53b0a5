import { defineRule, encrypted } from "../rule";

export const databaseEncrypted = defineRule({
  id: "database-encrypted",
  pack: "baseline",
  severity: "high",
  title: "A database is encrypted.",
  why: "Snapshots and discarded disks can be read.",
  fix: "encrypt the database when it is created; later means a restore from a snapshot",
  references: { nist: ["MANAGE"] },
  kinds: ["database"],
  check: ({ encryption }) => encrypted(encryption),
});
