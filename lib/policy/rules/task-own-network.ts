import { defineRule, holds } from "../rule";

export const taskOwnNetwork = defineRule({
  id: "task-own-network",
  pack: "baseline",
  severity: "medium",
  title: "Containers have a network of their own.",
  why: "On the network of the host they reach everything that the host reaches.",
  fix: "use the network mode that gives every task its own address",
  references: { asi: ["ASI05", "ASI07"], nist: ["MANAGE"] },
  kinds: ["task"],
  check: ({ ownNetwork }) => holds(ownNetwork, "the network of the host", "a network of its own"),
});
