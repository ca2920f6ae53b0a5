import { defineRule, holdsNot } from "../rule";

export const policyNoFullAccess = defineRule({
  id: "policy-no-full-access",
  pack: "baseline",
  severity: "critical",
  title: "No identity may do everything to everything.",
  why: "One agent that is tricked owns the account.",
  fix: "name the actions and resources that are needed",
  references: { asi: ["ASI03", "ASI10"], nist: ["GOVERN"] },
  kinds: ["identity-policy"],
  check: ({ fullAccess }) => holdsNot(fullAccess, "everything is allowed on everything", "named actions on named resources"),
});
