import { notAllPorts, worldEgress } from "../ports";
import { defineRule } from "../rule";

export const firewallEgressBounded = defineRule({
  id: "firewall-egress-bounded",
  pack: "baseline",
  severity: "high",
  title: "Nothing may talk to the whole internet on every port.",
  why: "What an agent was tricked into sending leaves by any port.",
  fix: "open single ports; port 443 is enough for most services",
  references: { asi: ["ASI02", "ASI10"], nist: ["MANAGE"] },
  kinds: ["firewall-rule"],
  check: ({ direction, protocol, fromPort, toPort, world }) =>
    worldEgress(direction, world, () => notAllPorts({ protocol, fromPort, toPort })),
});
