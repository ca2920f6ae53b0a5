import { defineRule, holds } from "../rule";

export const containerReadOnlyRoot = defineRule({
  id: "container-read-only-root",
  pack: "baseline",
  severity: "medium",
  title: "A container cannot change its own program.",
  why: "Code that an agent was tricked into writing stays and runs again.",
  fix: "make the root file system read-only and mount a volume for what it writes",
  references: { asi: ["ASI05"], nist: ["MANAGE"] },
  kinds: ["container"],
  check: ({ readOnlyRoot }) => holds(readOnlyRoot, "a root file system that can be written", "a read-only root file system"),
});
