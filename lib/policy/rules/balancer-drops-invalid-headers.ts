import { defineRule, holds, whenever } from "../rule";

export const balancerDropsInvalidHeaders = defineRule({
  id: "balancer-drops-invalid-headers",
  pack: "baseline",
  severity: "medium",
  title: "A load balancer drops headers that are malformed.",
  why: "Servers behind it can be tricked into reading one request as two.",
  fix: "drop invalid headers",
  references: { nist: ["MANAGE"] },
  kinds: ["balancer"],
  check: ({ web, dropsInvalidHeaders }) =>
    whenever(web, () => holds(dropsInvalidHeaders, "malformed headers are passed on", "malformed headers dropped")),
});
