import { defineRule, holds } from "../rule";

export const bucketTlsOnly = defineRule({
  id: "bucket-tls-only",
  pack: "baseline",
  severity: "high",
  title: "A bucket refuses connections without TLS.",
  why: "Plain connections can be read and changed on their way.",
  fix: "add a statement to the policy of the bucket that denies everything without TLS",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["storage-bucket"],
  check: ({ tlsOnly }) => holds(tlsOnly, "connections without TLS are served", "a policy that denies them"),
});
