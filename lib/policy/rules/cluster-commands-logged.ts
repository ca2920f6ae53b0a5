import { defineRule, holds } from "../rule";

export const clusterCommandsLogged = defineRule({
  id: "cluster-commands-logged",
  pack: "baseline",
  severity: "medium",
  title: "Commands that people run in containers are logged.",
  why: "Nobody can say who changed an agent by hand.",
  fix: "log commands, encrypted with a key of your own",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["cluster"],
  check: ({ commandsLogged }) => holds(commandsLogged, "commands leave no trace", "a log of commands"),
});
