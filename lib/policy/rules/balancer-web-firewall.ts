import { defineRule, holds, whenever } from "../rule";

export const balancerWebFirewall = defineRule({
  id: "balancer-web-firewall",
  pack: "baseline",
  severity: "high",
  title: "A public load balancer has a web firewall.",
  why: "Known attacks reach the agents.",
  fix: "put a web firewall in front of it, or make it private",
  references: { asi: ["ASI01"], nist: ["MANAGE"] },
  kinds: ["balancer"],
  check: ({ public: exposed, web, webFirewall }) =>
    whenever(exposed, () => whenever(web, () => holds(webFirewall, "no web firewall", "a web firewall"))),
});
