import { defineRule, holdsNot } from "../rule";

export const balancerPrivate = defineRule({
  id: "balancer-private",
  pack: "regulated",
  severity: "medium",
  title: "A load balancer is private.",
  why: "Everyone on the internet can talk to the agents.",
  fix: "make it private, or acknowledge why the world has to reach it",
  references: { asi: ["ASI07"], nist: ["GOVERN"] },
  kinds: ["balancer"],
  check: ({ public: exposed }) => holdsNot(exposed, "reached from the internet", "reached from inside only"),
});
