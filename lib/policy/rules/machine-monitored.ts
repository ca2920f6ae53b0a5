import { defineRule, holds } from "../rule";

export const machineMonitored = defineRule({
  id: "machine-monitored",
  pack: "baseline",
  severity: "low",
  title: "A machine is watched every minute.",
  why: "Alarms come five minutes late.",
  fix: "turn detailed monitoring on",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["machine"],
  check: ({ monitored }) => holds(monitored, "every five minutes", "every minute"),
});
