import { customerKey, defineRule } from "../rule";

export const logCustomerKey = defineRule({
  id: "log-customer-key",
  pack: "regulated",
  severity: "medium",
  title: "Logs are encrypted with a customer managed key.",
  why: "Who holds the key can take access away, and sees every use of it.",
  fix: "encrypt the log store with a key of your own",
  references: { nist: ["GOVERN"] },
  kinds: ["log-store"],
  check: ({ encryption }) => customerKey(encryption),
});
