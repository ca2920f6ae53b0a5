import { defineRule, holdsNot } from "../rule";

export const repositoryPrivate = defineRule({
  id: "repository-private",
  pack: "baseline",
  severity: "high",
  title: "A repository is not public.",
  why: "Anyone can read the code, and what was once written into it by mistake.",
  fix: "make it private, or acknowledge that it is meant for everyone",
  references: { asi: ["ASI03"], nist: ["GOVERN"] },
  kinds: ["code-repository"],
  check: ({ public: open }) => holdsNot(open, "everyone on the internet can read it", "a private repository"),
});
