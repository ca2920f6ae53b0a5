import { defineRule, holds } from "../rule";

export const zoneAuthoritiesNamed = defineRule({
  id: "zone-authorities-named",
  pack: "baseline",
  severity: "low",
  title: "A domain says who may issue certificates for it.",
  why: "Any authority can be tricked into a certificate for the domain.",
  fix: "add CAA records that name the authorities in use",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["edge-zone"],
  check: ({ authoritiesNamed }) => holds(authoritiesNamed, "no CAA record", "CAA records"),
});
