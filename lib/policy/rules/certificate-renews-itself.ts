import { defineRule, holds } from "../rule";

export const certificateRenewsItself = defineRule({
  id: "certificate-renews-itself",
  pack: "baseline",
  severity: "medium",
  title: "A certificate renews itself.",
  why: "On the day it ends, nobody reaches the agents.",
  fix: "validate it by a DNS record",
  references: { asi: ["ASI08"], nist: ["MANAGE"] },
  kinds: ["certificate"],
  check: ({ renewsItself }) => holds(renewsItself, "renewal by e-mail or by hand", "validation by DNS"),
});
