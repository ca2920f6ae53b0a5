import { atLeast, defineRule, whenever } from "../rule";

export const listenerModernTls = defineRule({
  id: "listener-modern-tls",
  pack: "baseline",
  severity: "high",
  title: "A load balancer speaks TLS 1.2 or newer.",
  why: "Older versions can be broken.",
  fix: "choose a policy that starts at TLS 1.2",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["listener"],
  check: ({ encrypted: secure, minimumTls }) => whenever(secure, () => atLeast(minimumTls, 1.2, "as oldest TLS version")),
});
