import { defineRule, holds, whenever } from "../rule";

export const listenerEncrypted = defineRule({
  id: "listener-encrypted",
  pack: "baseline",
  severity: "high",
  title: "A load balancer talks to callers by TLS only.",
  why: "Requests and tokens can be read and changed on their way.",
  fix: "listen by HTTPS, and let HTTP redirect to it",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["listener"],
  check: ({ encrypted: secure, redirects }) =>
    whenever(redirects === "unknown" ? redirects : !redirects, () => holds(secure, "plain connections", "TLS, or a redirect to it")),
});
