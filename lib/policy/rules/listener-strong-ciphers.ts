import { defineRule, holds, whenever } from "../rule";

export const listenerStrongCiphers = defineRule({
  id: "listener-strong-ciphers",
  pack: "baseline",
  severity: "high",
  title: "A load balancer speaks strong ciphers only.",
  why: "A caller can be talked into a cipher that can be broken.",
  fix: "choose the strong cipher policy",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["listener"],
  check: ({ encrypted, strongCiphers = true }) =>
    whenever(encrypted, () => holds(strongCiphers, "a cipher policy for old callers", "the strong cipher policy")),
});
