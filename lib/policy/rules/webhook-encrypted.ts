import { defineRule, holds } from "../rule";

export const webhookEncrypted = defineRule({
  id: "webhook-encrypted",
  pack: "baseline",
  severity: "high",
  title: "Webhooks tell over HTTPS, with the certificate checked.",
  why: "What happens in the repository can be read and forged on the way.",
  fix: "use an https address, and check its certificate",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["webhook"],
  check: ({ encrypted: safe }) => holds(safe, "plain text or an unchecked certificate", "HTTPS with a checked certificate"),
});
