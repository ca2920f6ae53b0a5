import { defineRule, holds } from "../rule";

export const secretValueOutside = defineRule({
  id: "secret-value-outside",
  pack: "baseline",
  severity: "critical",
  title: "The value of a secret stands neither in the code nor in the state.",
  why: "Who reads the repository or the state file has the secret.",
  fix: "write the value outside of Terraform, or by a write-only argument",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["secret"],
  check: ({ value }) =>
    value === "unknown"
      ? value
      : holds(
          value === "nowhere",
          value === "code" ? "a value in the code" : "a value in the state",
          "a value that Terraform does not keep",
        ),
});
