import type { Manifest } from "../../lib/report/manifest";
import { syntheticManifest } from "./support";

/** Names that break out of anything that does not escape them. */
export const HOSTILE = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `</script><script>alert(1)</script>`,
  `' onmouseover='alert(1)`,
  `<!--`,
  `]]>`,
  "`${alert(1)}`",
  `| a | b |\n# c [x](javascript:alert(1)) @everyone`,
  `end\n  click n0 "javascript:alert(1)"`,
  "\u202Egnp.exe\u0000\uD800",
] as const;

/** A manifest in which every text that somebody can choose is hostile. */
export function hostileManifest(hostile: string): Manifest {
  const manifest = syntheticManifest({ stack: "agents", agents: 3, resources: 60 });
  const changed = JSON.parse(JSON.stringify(manifest), (key, value: unknown) =>
    typeof value === "string" && ATTACKED.has(key) ? `${value}${hostile}` : value,
  ) as Manifest;
  return changed;
}

const ATTACKED: ReadonlySet<string> = new Set([
  "stack",
  "project",
  "owner",
  "environment",
  "costCenter",
  "address",
  "path",
  "agentId",
  "endpoint",
  "governanceId",
  "observed",
  "fix",
  "reason",
  "ruleId",
  "meter",
  "basis",
  "domain",
  "cidr",
  "region",
  "title",
  "why",
  "zone",
  "of",
  "mechanism",
  "name",
]);
