import { defineRule, holdsNot } from "../rule";

export const serviceNotPublic = defineRule({
  id: "service-not-public",
  pack: "baseline",
  severity: "high",
  title: "The tasks of a service have no public address.",
  why: "One firewall rule is then all that stands between an agent and the internet.",
  fix: "place the tasks in private subnets behind a balancer",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["service"],
  check: ({ publicAddress }) => holdsNot(publicAddress, "public addresses", "private addresses only"),
});
