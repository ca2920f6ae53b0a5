import { defineRule, holds } from "../rule";

export const zoneTargetVerified = defineRule({
  id: "zone-target-verified",
  pack: "baseline",
  severity: "high",
  title: "The edge reaches targets by TLS and checks their certificates.",
  why: "Who is between the edge and the target reads and changes requests and tokens.",
  fix: "set encryption to full with strict checks, and give the targets a trusted certificate",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["edge-zone"],
  check: ({ targetVerified }) => holds(targetVerified, "targets that are not verified", "TLS with a certificate that is checked"),
});
