import { defineRule, holds } from "../rule";

export const bucketAccessLogged = defineRule({
  id: "bucket-access-logged",
  pack: "regulated",
  severity: "low",
  title: "Access to a bucket is logged.",
  why: "After a leak nobody can say what was read.",
  fix: "send access logs to another bucket",
  references: { nist: ["MEASURE"] },
  kinds: ["storage-bucket"],
  check: ({ accessLogged }) => holds(accessLogged, "no access log", "an access log"),
});
