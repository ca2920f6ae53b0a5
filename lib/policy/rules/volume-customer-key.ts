import { customerKey, defineRule } from "../rule";

export const volumeCustomerKey = defineRule({
  id: "volume-customer-key",
  pack: "regulated",
  severity: "medium",
  title: "A volume is encrypted with a customer managed key.",
  why: "Who holds the key can take access away, and sees every use of it.",
  fix: "encrypt the volume with a key of your own",
  references: { nist: ["GOVERN"] },
  kinds: ["volume"],
  check: ({ encryption }) => customerKey(encryption),
});
