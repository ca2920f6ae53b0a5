import { defineRule, holds } from "../rule";

export const zoneSigned = defineRule({
  id: "zone-signed",
  pack: "baseline",
  severity: "medium",
  title: "Answers about the names of a domain are signed.",
  why: "Forged answers lead agents and people to somebody else.",
  fix: "switch DNSSEC on, and give its DS record to the registrar",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["edge-zone"],
  check: ({ signed }) => holds(signed, "no DNSSEC", "DNSSEC"),
});
