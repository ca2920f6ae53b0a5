import { defineRule, holds } from "../rule";

export const zoneOwaspRules = defineRule({
  id: "zone-owasp-rules",
  pack: "regulated",
  severity: "medium",
  title: "Requests are held against the OWASP rules.",
  why: "Injections and scripts reach the agents.",
  fix: "run the managed OWASP rules; a plan that has them may be needed",
  references: { asi: ["ASI01"], nist: ["MANAGE"] },
  kinds: ["edge-zone"],
  check: ({ owaspRules }) => holds(owaspRules, "no OWASP rules", "the managed OWASP rules"),
});
