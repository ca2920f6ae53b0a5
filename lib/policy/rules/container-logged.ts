import { defineRule, holds } from "../rule";

export const containerLogged = defineRule({
  id: "container-logged",
  pack: "baseline",
  severity: "medium",
  title: "The output of a container is kept.",
  why: "Nobody can say what an agent did.",
  fix: "send the output to a log store",
  references: { asi: ["ASI10"], nist: ["MEASURE"] },
  kinds: ["container"],
  check: ({ logged }) => holds(logged, "no log", "a log"),
});
