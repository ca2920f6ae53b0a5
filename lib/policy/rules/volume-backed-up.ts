import { defineRule, holds } from "../rule";

export const volumeBackedUp = defineRule({
  id: "volume-backed-up",
  pack: "baseline",
  severity: "medium",
  title: "A volume is backed up.",
  why: "What an agent deletes, or a zone loses, cannot be brought back.",
  fix: "add the volume, or a tag that it carries, to a backup policy",
  references: { nist: ["MANAGE"] },
  kinds: ["volume"],
  check: ({ backedUp }) => holds(backedUp, "no backup plan selects it", "a backup plan that selects it"),
});
