import { defineRule, holds } from "../rule";

export const machineIdentity = defineRule({
  id: "machine-identity",
  pack: "baseline",
  severity: "medium",
  title: "A machine has an identity of its own.",
  why: "Without one, long-lived keys end up on its disk.",
  fix: "give the machine a role",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["machine"],
  check: ({ identity }) => holds(identity, "no identity", "an identity of the platform"),
});
