import type { Known } from "../../facts/posture";
import { defineRule, holds, whenever, type Verdict } from "../rule";

export const listenerModernTls = defineRule({
  id: "listener-modern-tls",
  pack: "baseline",
  severity: "high",
  title: "A load balancer speaks TLS 1.2 or newer.",
  why: "Older versions can be broken.",
  fix: "choose a policy that starts at TLS 1.2",
  references: { asi: ["ASI07"], nist: ["MANAGE"] },
  kinds: ["listener"],
  check: ({ encrypted: secure, minimumTls }) => whenever(secure, () => oldest(minimumTls)),
});

function oldest(version: Known<number>): Verdict {
  if (version === "unknown") return version;
  const observed = version === 0 ? "no TLS policy" : `TLS ${version.toFixed(1)}`;
  return holds(version >= 1.2, `${observed} as oldest version`, "TLS 1.2 or newer");
}
