import { defineRule, holds } from "../rule";

export const bucketReplicated = defineRule({
  id: "bucket-replicated",
  pack: "regulated",
  severity: "low",
  title: "A bucket has a copy in another place.",
  why: "When the region is lost, its objects are too.",
  fix: "replicate the bucket to another region",
  references: { nist: ["MANAGE"] },
  kinds: ["storage-bucket"],
  check: ({ replicated }) => holds(replicated, "one copy", "a copy in another place"),
});
