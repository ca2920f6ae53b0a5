import { defineRule, holds, whenever } from "../rule";

export const balancerRefusesAmbiguous = defineRule({
  id: "balancer-refuses-ambiguous",
  pack: "baseline",
  severity: "medium",
  title: "A load balancer refuses requests that can be read in two ways.",
  why: "Requests can be smuggled past checks.",
  fix: "set the mitigation of desync attacks to defensive or strictest",
  references: { nist: ["MANAGE"] },
  kinds: ["balancer"],
  check: ({ web, refusesAmbiguousRequests }) =>
    whenever(web, () => holds(refusesAmbiguousRequests, "ambiguous requests are passed on", "defensive or strictest mitigation")),
});
