import { defineRule, holdsNot } from "../rule";

export const databaseNotPublic = defineRule({
  id: "database-not-public",
  pack: "baseline",
  severity: "critical",
  title: "A database has no public address.",
  why: "Everyone on the internet can try passwords and known holes.",
  fix: "turn the public address off and connect from inside of the network",
  references: { asi: ["ASI03", "ASI07"], nist: ["MANAGE"] },
  kinds: ["database"],
  check: ({ publicAddress }) => holdsNot(publicAddress, "a public address", "a private address only"),
});
