import { atLeast, defineRule } from "../rule";

export const keyDeletionDelayed = defineRule({
  id: "key-deletion-delayed",
  pack: "baseline",
  severity: "medium",
  title: "A key lives on for 14 days after the order to delete it.",
  why: "With the key everything it protects is lost, and a week is soon gone.",
  fix: "set the deletion window to 14 days or more",
  references: { nist: ["MANAGE"] },
  kinds: ["encryption-key"],
  check: ({ deletionDays }) => atLeast(deletionDays, 14, "days"),
});
