import { defineRule, holds } from "../rule";

export const bucketNotPublic = defineRule({
  id: "bucket-not-public",
  pack: "baseline",
  severity: "critical",
  title: "Public access to a bucket is refused, whatever its policy says.",
  why: "One wrong policy or access list shows every object to the internet.",
  fix: "block public access on the bucket, all four switches",
  references: { asi: ["ASI03"], nist: ["MANAGE"] },
  kinds: ["storage-bucket"],
  check: ({ publicAccessBlocked }) => holds(publicAccessBlocked, "public access is possible", "public access blocked"),
});
