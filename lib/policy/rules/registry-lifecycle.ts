import { defineRule, holds } from "../rule";

export const registryLifecycle = defineRule({
  id: "registry-lifecycle",
  pack: "baseline",
  severity: "low",
  title: "Old images are removed.",
  why: "Images with known holes can still be started, and cost money.",
  fix: "add a lifecycle policy",
  references: { nist: ["GOVERN"] },
  kinds: ["registry"],
  check: ({ lifecycle }) => holds(lifecycle, "images are kept for ever", "a lifecycle policy"),
});
