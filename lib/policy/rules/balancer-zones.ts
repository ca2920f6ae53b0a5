import { atLeast, defineRule } from "../rule";

export const balancerZones = defineRule({
  id: "balancer-zones",
  pack: "baseline",
  severity: "high",
  title: "A load balancer runs in two zones.",
  why: "When a zone fails, nobody reaches the agents.",
  fix: "name subnets in two zones or more",
  references: { asi: ["ASI08"], nist: ["MANAGE"] },
  kinds: ["balancer"],
  check: ({ zones }) => atLeast(zones, 2, "zones"),
});
