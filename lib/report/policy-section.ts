import type { Finding, Severity } from "../policy/finding";
import type { ManifestPolicy, ManifestRule } from "./manifest";
import { countFindings } from "./words";

/** What rules said of a stack, as their evaluation gives it. */
export interface Evaluated {
  readonly asOf: string;
  readonly findings: readonly Finding[];
  readonly rules: Readonly<Record<string, Pick<ManifestRule, "pass" | "fail" | "unknown" | "acknowledged">>>;
}

/** What the report says of a rule. */
export interface RuleText {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
}

/** The part of the manifest on policy, from the packs that were applied, their evaluation and the rules in them. */
export function policySection(
  packs: readonly string[],
  { asOf, findings, rules: tallies }: Evaluated,
  rules: readonly RuleText[],
): ManifestPolicy {
  const texts = new Map(rules.map((rule) => [rule.id, rule]));
  const known = Object.entries(tallies).flatMap(([id, { pass, fail, unknown, acknowledged }]): [string, ManifestRule][] => {
    const rule = texts.get(id);
    return rule === undefined
      ? []
      : [[id, { title: rule.title, severity: rule.severity, why: rule.why, pass, fail, unknown, acknowledged }]];
  });
  return { packs, counts: countFindings(findings), findings, asOf, rules: Object.fromEntries(known) };
}
