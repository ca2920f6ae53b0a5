import { defineRule, holds } from "../rule";

export const repositoryDependenciesWatched = defineRule({
  id: "repository-dependencies-watched",
  pack: "baseline",
  severity: "medium",
  title: "Known holes in what a repository depends on are told.",
  why: "Agents run with holes that everyone knows.",
  fix: "switch on alerts for vulnerable dependencies",
  references: { asi: ["ASI04"], nist: ["MEASURE"] },
  kinds: ["code-repository"],
  check: ({ dependenciesWatched }) => holds(dependenciesWatched, "no alerts", "alerts for vulnerable dependencies"),
});
