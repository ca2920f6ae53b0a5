import { customerKey, defineRule } from "../rule";

export const bucketCustomerKey = defineRule({
  id: "bucket-customer-key",
  pack: "regulated",
  severity: "medium",
  title: "A bucket is encrypted with a customer managed key.",
  why: "Who holds the key can take access away, and sees every use of it.",
  fix: "encrypt the bucket with a key of your own",
  references: { nist: ["GOVERN"] },
  kinds: ["storage-bucket"],
  check: ({ encryption }) => customerKey(encryption),
});
