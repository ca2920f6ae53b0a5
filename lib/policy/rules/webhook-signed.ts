import { defineRule, holds } from "../rule";

export const webhookSigned = defineRule({
  id: "webhook-signed",
  pack: "baseline",
  severity: "medium",
  title: "Whoever hears a webhook can check who tells.",
  why: "Anyone who knows the address can start what it starts.",
  fix: "give the webhook a secret",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["webhook"],
  check: ({ signed }) => holds(signed, "no secret", "a secret that signs"),
});
