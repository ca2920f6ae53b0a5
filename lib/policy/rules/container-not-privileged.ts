import { defineRule, holdsNot } from "../rule";

export const containerNotPrivileged = defineRule({
  id: "container-not-privileged",
  pack: "baseline",
  severity: "critical",
  title: "No container is privileged.",
  why: "Code that an agent was tricked into running owns the host.",
  fix: "remove the privilege and name single capabilities instead",
  references: { asi: ["ASI05"], nist: ["MANAGE"] },
  kinds: ["container"],
  check: ({ privileged }) => holdsNot(privileged, "privileged", "not privileged"),
});
