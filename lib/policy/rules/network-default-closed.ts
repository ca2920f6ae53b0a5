import { defineRule, holds } from "../rule";

export const networkDefaultClosed = defineRule({
  id: "network-default-closed",
  pack: "baseline",
  severity: "medium",
  title: "The default firewall of a network lets nothing through.",
  why: "What is started without a firewall of its own can talk to everything.",
  fix: "take every rule out of the default firewall",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["virtual-network"],
  check: ({ defaultFirewallClosed }) =>
    holds(defaultFirewallClosed, "a default firewall that is open inside", "a default firewall without rules"),
});
