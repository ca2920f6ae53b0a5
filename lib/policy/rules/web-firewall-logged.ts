import { defineRule, holds } from "../rule";

export const webFirewallLogged = defineRule({
  id: "web-firewall-logged",
  pack: "baseline",
  severity: "medium",
  title: "What a web firewall decides is logged.",
  why: "Attacks, and callers blocked by mistake, stay unseen.",
  fix: "send its log to a log store",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["web-firewall"],
  check: ({ logged }) => holds(logged, "no log", "a log"),
});
