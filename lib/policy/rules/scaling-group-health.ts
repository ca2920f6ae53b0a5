import { defineRule, holds, whenever } from "../rule";

export const scalingGroupHealth = defineRule({
  id: "scaling-group-health",
  pack: "baseline",
  severity: "medium",
  title: "A machine that a load balancer finds broken is replaced.",
  why: "Machines that run but do not answer stay for ever.",
  fix: "let the group use the health checks of the balancer",
  references: { asi: ["ASI08"], nist: ["MANAGE"] },
  kinds: ["scaling-group"],
  check: ({ balanced, balancerHealth }) =>
    whenever(balanced, () => holds(balancerHealth, "checks of the machine only", "health checks of the balancer")),
});
