import { defineRule, holds } from "../rule";

export const balancerAccessLogged = defineRule({
  id: "balancer-access-logged",
  pack: "baseline",
  severity: "medium",
  title: "Requests to a load balancer are logged.",
  why: "Nobody can say who asked for what.",
  fix: "send access logs to a bucket",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["balancer"],
  check: ({ accessLogged }) => holds(accessLogged, "no access log", "an access log"),
});
