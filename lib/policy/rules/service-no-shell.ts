import { defineRule, holdsNot } from "../rule";

export const serviceNoShell = defineRule({
  id: "service-no-shell",
  pack: "regulated",
  severity: "medium",
  title: "Nobody can open a shell in the containers of a service.",
  why: "A shell goes around every review of what an agent may do.",
  fix: "turn commands in containers off, or acknowledge it with an expiry while it is needed",
  references: { asi: ["ASI05", "ASI10"], nist: ["GOVERN"] },
  kinds: ["service"],
  check: ({ shell }) => holdsNot(shell, "commands in containers are on", "commands in containers off"),
});
