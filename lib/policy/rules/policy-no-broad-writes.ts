import { defineRule, nothingIn } from "../rule";

export const policyNoBroadWrites = defineRule({
  id: "policy-no-broad-writes",
  pack: "baseline",
  severity: "high",
  title: "No identity may use every action of a service on everything.",
  why: "An agent that is tricked can delete what it never needed.",
  fix: "name actions, or resources, or add a condition",
  references: { asi: ["ASI02", "ASI03"], nist: ["GOVERN"] },
  kinds: ["identity-policy"],
  check: ({ broadWrites }) =>
    nothingIn(broadWrites, "on everything and without a condition:", "named actions, named resources or a condition"),
});
