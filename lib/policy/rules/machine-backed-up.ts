import { defineRule, holds } from "../rule";

export const machineBackedUp = defineRule({
  id: "machine-backed-up",
  pack: "baseline",
  severity: "medium",
  title: "A machine is backed up.",
  why: "What an agent deletes, or the loss of the machine takes, cannot be brought back.",
  fix: "turn backups of the machine on",
  references: { nist: ["MANAGE"] },
  kinds: ["machine"],
  check: ({ backedUp = true }) => holds(backedUp, "no backups", "backups by a plan"),
});
