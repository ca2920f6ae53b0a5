import { defineRule, holdsNot } from "../rule";

export const subnetNoPublicAddresses = defineRule({
  id: "subnet-no-public-addresses",
  pack: "baseline",
  severity: "medium",
  title: "Nothing gets a public address without asking.",
  why: "A machine that should be private is on the internet by mistake.",
  fix: "turn automatic public addresses off",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["subnet"],
  check: ({ automaticPublicAddress }) => holdsNot(automaticPublicAddress, "automatic public addresses", "public addresses on request"),
});
