import { defineRule, holdsNot } from "../rule";

export const zoneDevelopmentModeOff = defineRule({
  id: "zone-development-mode-off",
  pack: "baseline",
  severity: "low",
  title: "The edge is not passed by for development.",
  why: "Every request reaches the target while it is on.",
  fix: "switch development mode off",
  references: { asi: ["ASI08"], nist: ["MANAGE"] },
  kinds: ["edge-zone"],
  check: ({ developmentMode }) => holdsNot(developmentMode, "development mode", "development mode off"),
});
