import { defineRule, holds } from "../rule";

export const backupVaultLocked = defineRule({
  id: "backup-vault-locked",
  pack: "regulated",
  severity: "high",
  title: "Backups cannot be deleted before their time.",
  why: "Who takes over an account deletes the backups first.",
  fix: "lock the vault",
  references: { asi: ["ASI10"], nist: ["MANAGE"] },
  kinds: ["backup-vault"],
  check: ({ locked }) => holds(locked, "backups can be deleted", "a vault lock"),
});
