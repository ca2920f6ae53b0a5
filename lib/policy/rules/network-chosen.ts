import { defineRule, holds } from "../rule";

export const networkChosen = defineRule({
  id: "network-chosen",
  pack: "baseline",
  severity: "medium",
  title: "Machines, databases and load balancers are in a network that was chosen for them.",
  why: "In the default network they stand beside everything else that nobody placed.",
  fix: "name the network",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["machine", "database", "balancer"],
  check: ({ networkChosen: chosen = true }) => holds(chosen, "the default network of the region", "a network of its own"),
});
