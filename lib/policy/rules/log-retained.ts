import { atLeast, defineRule } from "../rule";

export const logRetained = defineRule({
  id: "log-retained",
  pack: "baseline",
  severity: "low",
  title: "Logs are kept for a year.",
  why: "What happened is asked for months later; governance records are due for 6 months at least.",
  fix: "keep logs for 365 days or for ever",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["log-store"],
  check: ({ retentionDays }) => (retentionDays === 0 ? "pass" : atLeast(retentionDays, 365, "days")),
});
