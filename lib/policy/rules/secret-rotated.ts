import { defineRule, holds } from "../rule";

export const secretRotated = defineRule({
  id: "secret-rotated",
  pack: "regulated",
  severity: "medium",
  title: "A secret is renewed every 90 days.",
  why: "What has leaked stays usable.",
  fix: "rotate the secret",
  references: { asi: ["ASI03"], nist: ["MANAGE"] },
  kinds: ["secret"],
  check: ({ rotationDays }) =>
    rotationDays === "unknown"
      ? rotationDays
      : holds(
          rotationDays > 0 && rotationDays <= 90,
          rotationDays > 0 ? `every ${rotationDays} days` : "never renewed",
          "rotation every 90 days or more often",
        ),
});
