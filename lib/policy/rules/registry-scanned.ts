import { defineRule, holds } from "../rule";

export const registryScanned = defineRule({
  id: "registry-scanned",
  pack: "baseline",
  severity: "medium",
  title: "Images are scanned for known holes.",
  why: "Agents run programs with holes that everyone knows.",
  fix: "scan images when they are pushed",
  references: { asi: ["ASI04"], nist: ["MEASURE"] },
  kinds: ["registry"],
  check: ({ scanned }) => holds(scanned, "no scans", "a scan on every push"),
});
