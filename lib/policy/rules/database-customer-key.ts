import { customerKey, defineRule } from "../rule";

export const databaseCustomerKey = defineRule({
  id: "database-customer-key",
  pack: "regulated",
  severity: "medium",
  title: "A database is encrypted with a customer managed key.",
  why: "Who holds the key can take access away, and sees every use of it.",
  fix: "encrypt the database with a key of your own",
  references: { nist: ["GOVERN"] },
  kinds: ["database"],
  check: ({ encryption }) => customerKey(encryption),
});
