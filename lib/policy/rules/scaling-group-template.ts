import { defineRule, holds } from "../rule";

export const scalingGroupTemplate = defineRule({
  id: "scaling-group-template",
  pack: "baseline",
  severity: "low",
  title: "A group of machines uses a launch template.",
  why: "Launch configurations cannot ask for tokens of the metadata service everywhere, and are no longer developed.",
  fix: "use a launch template",
  references: { nist: ["MANAGE"] },
  kinds: ["scaling-group"],
  check: ({ usesTemplate }) => holds(usesTemplate, "a launch configuration", "a launch template"),
});
