import { defineRule, holds } from "../rule";

export const machineDisksEncrypted = defineRule({
  id: "machine-disks-encrypted",
  pack: "baseline",
  severity: "high",
  title: "The disks of a machine are encrypted.",
  why: "Snapshots and discarded disks can be read.",
  fix: "encrypt every disk that the machine defines",
  references: { nist: ["MANAGE"] },
  kinds: ["machine"],
  check: ({ disksEncrypted }) => holds(disksEncrypted, "a disk without encryption", "encryption of every disk"),
});
