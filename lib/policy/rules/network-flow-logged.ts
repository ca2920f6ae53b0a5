import { defineRule, holds } from "../rule";

export const networkFlowLogged = defineRule({
  id: "network-flow-logged",
  pack: "baseline",
  severity: "medium",
  title: "The traffic of a network is logged.",
  why: "Nobody can say whom an agent talked to.",
  fix: "add flow logs",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["virtual-network"],
  check: ({ flowLogged }) => holds(flowLogged, "no flow logs", "flow logs"),
});
