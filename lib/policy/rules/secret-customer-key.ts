import { customerKey, defineRule } from "../rule";

export const secretCustomerKey = defineRule({
  id: "secret-customer-key",
  pack: "baseline",
  severity: "medium",
  title: "A secret is encrypted with a customer managed key.",
  why: "Who holds the key can take access away, and sees every use of it.",
  fix: "encrypt the secret with a key of your own",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["secret"],
  check: ({ encryption }) => customerKey(encryption),
});
