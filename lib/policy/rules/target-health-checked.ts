import { defineRule, holds } from "../rule";

export const targetHealthChecked = defineRule({
  id: "target-health-checked",
  pack: "baseline",
  severity: "medium",
  title: "A load balancer knows which targets work.",
  why: "Requests go to targets that do not answer.",
  fix: "turn health checks on, with a path for web targets",
  references: { asi: ["ASI08"], nist: ["MEASURE"] },
  kinds: ["target-group"],
  check: ({ healthChecked }) => holds(healthChecked, "no health check", "a health check"),
});
