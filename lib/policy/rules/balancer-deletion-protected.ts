import { defineRule, holds } from "../rule";

export const balancerDeletionProtected = defineRule({
  id: "balancer-deletion-protected",
  pack: "baseline",
  severity: "medium",
  title: "A load balancer cannot be deleted by one call.",
  why: "One wrong plan takes every agent behind it off the net.",
  fix: "turn deletion protection on",
  references: { asi: ["ASI08"], nist: ["MANAGE"] },
  kinds: ["balancer"],
  check: ({ deletionProtected }) => holds(deletionProtected, "one call deletes it", "deletion protection"),
});
