import { defineRule, holds } from "../rule";

export const functionCodeSigned = defineRule({
  id: "function-code-signed",
  pack: "regulated",
  severity: "medium",
  title: "A function runs signed code only.",
  why: "Whoever can write the package can run code under the identity of the function.",
  fix: "require a signature of the code",
  references: { asi: ["ASI04"], nist: ["MAP"] },
  kinds: ["function"],
  check: ({ codeSigned }) => holds(codeSigned, "any code", "signed code"),
});
