import { customerKey, defineRule } from "../rule";

export const registryCustomerKey = defineRule({
  id: "registry-customer-key",
  pack: "regulated",
  severity: "low",
  title: "Images are encrypted with a customer managed key.",
  why: "Who holds the key can take access away, and sees every use of it.",
  fix: "encrypt the registry with a key of your own",
  references: { nist: ["GOVERN"] },
  kinds: ["registry"],
  check: ({ encryption }) => customerKey(encryption),
});
