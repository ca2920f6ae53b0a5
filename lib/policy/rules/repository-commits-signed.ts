import { defineRule, holds } from "../rule";

export const repositoryCommitsSigned = defineRule({
  id: "repository-commits-signed",
  pack: "regulated",
  severity: "medium",
  title: "Every commit has a verified signature.",
  why: "Anyone who may push can write commits in the name of others.",
  fix: "ask for signed commits",
  references: { asi: ["ASI03"], nist: ["MAP"] },
  kinds: ["code-repository"],
  check: ({ commitsSigned }) => holds(commitsSigned, "commits without signature", "verified signatures"),
});
