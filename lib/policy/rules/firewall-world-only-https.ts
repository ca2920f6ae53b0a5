import { only443, worldIngress } from "../ports";
import { defineRule } from "../rule";

export const firewallWorldOnlyHttps = defineRule({
  id: "firewall-world-only-https",
  pack: "baseline",
  severity: "high",
  title: "Only HTTPS is open to the internet.",
  why: "Every other port shows a service to attackers that was made for inside.",
  fix: "open port 443 only, and let a balancer do the rest",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["firewall-rule"],
  check: ({ direction, protocol, fromPort, toPort, world }) =>
    worldIngress(direction, world, () => only443({ protocol, fromPort, toPort })),
});
