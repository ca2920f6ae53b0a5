import { defineRule, holds } from "../rule";

export const registryImmutable = defineRule({
  id: "registry-immutable",
  pack: "baseline",
  severity: "medium",
  title: "A tag of a registry always means the same image.",
  why: "Another program than the one that was reviewed can run under the same tag.",
  fix: "make tags immutable",
  references: { asi: ["ASI04"], nist: ["MANAGE"] },
  kinds: ["registry"],
  check: ({ immutable }) => holds(immutable, "tags can be moved", "immutable tags"),
});
