import { defineRule, holds } from "../rule";

export const firewallRuleDescribed = defineRule({
  id: "firewall-rule-described",
  pack: "baseline",
  severity: "low",
  title: "A firewall rule says what it is for.",
  why: "Rules that nobody understands are never removed.",
  fix: "describe the rule",
  references: { nist: ["MAP"] },
  kinds: ["firewall-rule"],
  check: ({ described }) => holds(described, "no description", "a description"),
});
