import { worldEgress } from "../ports";
import { defineRule } from "../rule";

export const firewallEgressNamed = defineRule({
  id: "firewall-egress-named",
  pack: "regulated",
  severity: "medium",
  title: "What may be reached outside is named.",
  why: "What an agent was tricked into sending can go to any address.",
  fix: "name address ranges or lists, or send requests through a proxy with an allow-list",
  references: { asi: ["ASI02", "ASI10"], nist: ["MANAGE"] },
  kinds: ["firewall-rule"],
  check: ({ direction, world }) => worldEgress(direction, world, () => ({ observed: "the whole internet", expected: "named peers" })),
});
