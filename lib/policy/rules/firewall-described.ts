import { defineRule, holds } from "../rule";

export const firewallDescribed = defineRule({
  id: "firewall-described",
  pack: "baseline",
  severity: "low",
  title: "A firewall says what it is for.",
  why: "Rules that nobody understands are never removed.",
  fix: "describe the firewall",
  references: { nist: ["MAP"] },
  kinds: ["firewall-group"],
  check: ({ described }) => holds(described, "no description", "a description"),
});
