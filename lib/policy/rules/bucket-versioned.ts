import { defineRule, holds } from "../rule";

export const bucketVersioned = defineRule({
  id: "bucket-versioned",
  pack: "baseline",
  severity: "medium",
  title: "A bucket keeps old versions of its objects.",
  why: "What an agent overwrites or deletes by mistake is gone.",
  fix: "turn versioning on",
  references: { asi: ["ASI06"], nist: ["MANAGE"] },
  kinds: ["storage-bucket"],
  check: ({ versioned }) => holds(versioned, "no versions", "versioning"),
});
