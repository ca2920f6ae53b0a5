import { defineRule, holds } from "../rule";

export const alarmRings = defineRule({
  id: "alarm-rings",
  pack: "baseline",
  severity: "medium",
  title: "An alarm tells somebody.",
  why: "It is red on a page that nobody looks at.",
  fix: "name a topic, and leave the actions on",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["alarm"],
  check: ({ rings }) => holds(rings, "nobody is told", "at least one action, turned on"),
});
