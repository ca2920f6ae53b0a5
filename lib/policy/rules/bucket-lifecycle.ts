import { defineRule, holds } from "../rule";

export const bucketLifecycle = defineRule({
  id: "bucket-lifecycle",
  pack: "baseline",
  severity: "low",
  title: "Old objects of a bucket are removed or moved by a rule.",
  why: "Data that nobody needs costs money and can still leak.",
  fix: "add a lifecycle rule, also for uploads that were never finished",
  references: { nist: ["GOVERN"] },
  kinds: ["storage-bucket"],
  check: ({ lifecycle }) => holds(lifecycle, "objects are kept for ever", "a lifecycle rule that is on"),
});
