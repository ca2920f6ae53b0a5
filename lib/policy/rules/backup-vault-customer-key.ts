import { customerKey, defineRule } from "../rule";

export const backupVaultCustomerKey = defineRule({
  id: "backup-vault-customer-key",
  pack: "baseline",
  severity: "medium",
  title: "Backups are encrypted with a customer managed key.",
  why: "Who holds the key can take access away, also from backups.",
  fix: "encrypt the vault with a key of your own",
  references: { nist: ["GOVERN"] },
  kinds: ["backup-vault"],
  check: ({ encryption }) => customerKey(encryption),
});
