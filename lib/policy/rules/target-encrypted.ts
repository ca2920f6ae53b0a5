import { defineRule, holds } from "../rule";

export const targetEncrypted = defineRule({
  id: "target-encrypted",
  pack: "baseline",
  severity: "medium",
  title: "Traffic between a load balancer and its targets is encrypted.",
  why: "Who is inside of the network can read requests and tokens.",
  fix: "let the targets speak HTTPS; a self-signed certificate is enough",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["target-group"],
  check: ({ encrypted: secure }) => holds(secure, "plain HTTP to the targets", "HTTPS"),
});
