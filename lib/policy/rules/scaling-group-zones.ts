import { atLeast, defineRule } from "../rule";

export const scalingGroupZones = defineRule({
  id: "scaling-group-zones",
  pack: "baseline",
  severity: "medium",
  title: "A group of machines stretches over two zones.",
  why: "When a zone fails, all machines are gone.",
  fix: "name subnets in two zones or more",
  references: { asi: ["ASI08"], nist: ["MANAGE"] },
  kinds: ["scaling-group"],
  check: ({ zones }) => atLeast(zones, 2, "zones"),
});
