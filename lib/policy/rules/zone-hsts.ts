import { atLeast, defineRule } from "../rule";

/** What browsers are told at least, for the domain and its hosts. Source: check zone_hsts_enabled of Prowler, read 2026-11-21: 15768000 seconds. */
const MIN_DAYS = 182.5;

export const zoneHsts = defineRule({
  id: "zone-hsts",
  pack: "baseline",
  severity: "medium",
  title: "Browsers are told for half a year that a domain and its hosts speak HTTPS only.",
  why: "The first request by plain HTTP can be led anywhere.",
  fix: "send Strict-Transport-Security for at least 183 days with includeSubDomains",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["edge-zone"],
  check: ({ hstsDays }) => atLeast(hstsDays, MIN_DAYS, "days"),
});
