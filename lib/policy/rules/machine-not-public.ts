import { defineRule, holdsNot } from "../rule";

export const machineNotPublic = defineRule({
  id: "machine-not-public",
  pack: "baseline",
  severity: "high",
  title: "A machine has no public address.",
  why: "One firewall rule is then all that stands between it and the internet.",
  fix: "place it in a private subnet and reach it through the session manager; let it out through a gateway",
  references: { asi: ["ASI03", "ASI07"], nist: ["MANAGE"] },
  kinds: ["machine"],
  check: ({ publicAddress }) => holdsNot(publicAddress, "a public address", "a private address only"),
});
