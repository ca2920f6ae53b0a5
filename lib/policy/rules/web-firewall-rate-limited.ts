import { defineRule, holds } from "../rule";

export const webFirewallRateLimited = defineRule({
  id: "web-firewall-rate-limited",
  pack: "baseline",
  severity: "medium",
  title: "A web firewall limits how often one address may ask.",
  why: "One caller uses up the agents and their budget.",
  fix: "add a rule that blocks above a rate",
  references: { asi: ["ASI08"], nist: ["MANAGE"] },
  kinds: ["web-firewall"],
  check: ({ limitsRate }) => holds(limitsRate, "no limit", "a limit for each address"),
});
