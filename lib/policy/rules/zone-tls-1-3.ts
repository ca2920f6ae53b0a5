import { defineRule, holds } from "../rule";

export const zoneTls13 = defineRule({
  id: "zone-tls-1-3",
  pack: "baseline",
  severity: "medium",
  title: "A domain speaks TLS 1.3.",
  why: "Older versions show more of a connection and take longer to begin.",
  fix: "switch TLS 1.3 on",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["edge-zone"],
  check: ({ tls13 }) => holds(tls13, "no TLS 1.3", "TLS 1.3"),
});
