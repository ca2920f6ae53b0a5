import { customerKey, defineRule } from "../rule";

export const tableCustomerKey = defineRule({
  id: "table-customer-key",
  pack: "regulated",
  severity: "medium",
  title: "A table is encrypted with a customer managed key.",
  why: "Who holds the key can take access away, and sees every use of it.",
  fix: "encrypt the table with a key of your own",
  references: { nist: ["GOVERN"] },
  kinds: ["table"],
  check: ({ encryption }) => customerKey(encryption),
});
