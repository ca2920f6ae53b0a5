import { defineRule, holds } from "../rule";

export const webFirewallKnownAttacks = defineRule({
  id: "web-firewall-known-attacks",
  pack: "baseline",
  severity: "high",
  title: "A web firewall blocks requests that are known attacks.",
  why: "Holes such as Log4j are tried against every address all day.",
  fix: "add the managed rules for known bad inputs, and let them block",
  references: { asi: ["ASI01"], nist: ["MANAGE"] },
  kinds: ["web-firewall"],
  check: ({ blocksKnownAttacks }) => holds(blocksKnownAttacks, "known attacks pass", "known attacks blocked"),
});
