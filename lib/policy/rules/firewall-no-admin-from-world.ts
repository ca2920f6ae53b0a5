import { opens, worldIngress } from "../ports";
import { defineRule } from "../rule";

/** SSH, RDP, and what databases, caches and remote shells listen on. */
const ADMIN_PORTS = [20, 21, 22, 23, 445, 1433, 2375, 2379, 3306, 3389, 5432, 5985, 5986, 6379, 6443, 9200, 11211, 27017];

export const firewallNoAdminFromWorld = defineRule({
  id: "firewall-no-admin-from-world",
  pack: "baseline",
  severity: "critical",
  title: "Ports for administration are closed to the internet.",
  why: "Everyone can try passwords and known holes.",
  fix: "reach machines through the session manager or a bastion; name single peers",
  references: { asi: ["ASI03", "ASI07"], nist: ["MANAGE"] },
  kinds: ["firewall-rule"],
  check: ({ direction, protocol, fromPort, toPort, world }) =>
    worldIngress(direction, world, () => opens({ protocol, fromPort, toPort }, ADMIN_PORTS)),
});
