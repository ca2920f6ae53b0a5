import { defineRule, holds } from "../rule";

export const recordProxied = defineRule({
  id: "record-proxied",
  pack: "baseline",
  severity: "medium",
  title: "Names lead to the edge, and not to the target itself.",
  why: "Whoever knows the address of the target goes past every filter.",
  fix: "let requests go through the edge, or acknowledge why clients have to reach the target itself",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["edge-record"],
  check: ({ proxied }) => holds(proxied, "the target's own address", "requests through the edge"),
});
