import { defineRule, holds } from "../rule";

export const bucketAccessListsOff = defineRule({
  id: "bucket-access-lists-off",
  pack: "baseline",
  severity: "medium",
  title: "Only policies decide who may read a bucket.",
  why: "Access lists on single objects are not seen when policies are reviewed.",
  fix: "give every object to the owner of the bucket and turn access lists off",
  references: { nist: ["MANAGE"] },
  kinds: ["storage-bucket"],
  check: ({ accessListsOff }) => holds(accessListsOff, "access lists on objects", "access lists turned off"),
});
