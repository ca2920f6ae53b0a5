/** How bad it is when a rule does not hold. */
export type Severity = "critical" | "high" | "medium" | "low";

export const SEVERITIES = ["critical", "high", "medium", "low"] as const satisfies readonly Severity[];

/** What is known about a rule and one place. `unknown`: the Terraform does not say enough to decide; it is counted, never taken as a pass. */
export type FindingStatus = "fail" | "unknown" | "acknowledged";

/** One place where a rule does not hold, or cannot be decided. Plain JSON. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly status: FindingStatus;
  /** Terraform address of the resource it is about. */
  readonly address: string;
  /** Path of the construct that made it. */
  readonly path: string;
  /** What the Terraform says. */
  readonly observed: string;
  /** What the rule asks for. */
  readonly expected: string;
  /** The next step. */
  readonly fix: string;
  /** For `acknowledged`: who said why it is fine here, and until when. */
  readonly acknowledgement?: { readonly scope: string; readonly reason: string; readonly expires?: string };
}

/** A finding in one line: `rule-id severity address (construct path): observed, expected, fix`. */
export function findingText(finding: Finding): string {
  const { ruleId, severity, address, path, observed, expected, fix } = finding;
  return `${ruleId} ${severity} ${address} (${path}): ${observed}, want ${expected}; ${fix}`;
}
