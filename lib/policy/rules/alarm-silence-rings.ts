import { defineRule, holds, whenever } from "../rule";

export const alarmSilenceRings = defineRule({
  id: "alarm-silence-rings",
  pack: "baseline",
  severity: "high",
  title: "An agent that falls silent rings an alarm.",
  why: "An agent that was stopped, or that went its own way, sends no errors.",
  fix: "let missing data count as a failure",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["alarm"],
  check: ({ heartbeat, silenceRings }) =>
    whenever(heartbeat, () => holds(silenceRings, "silence is taken for health", "missing data rings")),
});
