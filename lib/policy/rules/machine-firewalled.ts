import { defineRule, holds } from "../rule";

export const machineFirewalled = defineRule({
  id: "machine-firewalled",
  pack: "baseline",
  severity: "high",
  title: "A machine is behind a firewall.",
  why: "Every port that something listens on is open to the internet.",
  fix: "attach a firewall, by machine or by a tag that the machine carries",
  references: { asi: ["ASI03", "ASI07"], nist: ["MANAGE"] },
  kinds: ["machine"],
  check: ({ firewalled = true }) => holds(firewalled, "no firewall", "a firewall that protects it"),
});
