import { defineRule, encrypted } from "../rule";

export const volumeEncrypted = defineRule({
  id: "volume-encrypted",
  pack: "baseline",
  severity: "high",
  title: "A volume is encrypted.",
  why: "Snapshots and discarded disks can be read.",
  fix: "encrypt the volume when it is created",
  references: { nist: ["MANAGE"] },
  kinds: ["volume"],
  check: ({ encryption }) => encrypted(encryption),
});
