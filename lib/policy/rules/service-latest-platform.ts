import { defineRule, holds } from "../rule";

export const serviceLatestPlatform = defineRule({
  id: "service-latest-platform",
  pack: "baseline",
  severity: "low",
  title: "A service runs on the latest platform.",
  why: "Known holes of the platform stay open.",
  fix: "do not pin the version of the platform",
  references: { nist: ["MANAGE"] },
  kinds: ["service"],
  check: ({ latestPlatform }) => holds(latestPlatform, "a pinned version of the platform", "the latest version"),
});
