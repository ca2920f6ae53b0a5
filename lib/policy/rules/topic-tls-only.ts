import { defineRule, holds } from "../rule";

export const topicTlsOnly = defineRule({
  id: "topic-tls-only",
  pack: "baseline",
  severity: "medium",
  title: "A topic refuses connections without TLS.",
  why: "Messages can be read and changed on their way.",
  fix: "add a statement to its policy that denies everything without TLS",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["topic"],
  check: ({ tlsOnly }) => holds(tlsOnly, "connections without TLS are served", "a policy that denies them"),
});
