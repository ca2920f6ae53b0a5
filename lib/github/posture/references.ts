import type { References } from "../../policy/rule";

/**
 * Where others ask for the same at GitHub, by rule. Sources, read 2026-11-21: CIS GitHub Benchmark 1.2.0; the checks of Checkov and Trivy.
 * CKV_GIT_5, CKV_GIT_6 and GIT-0004 look at `github_branch_protection` only: where a ruleset takes its place they say nothing, and the rules
 * here do. CKV_GIT_3 reads the attribute `vulnerability_alerts`, which the Terraform provider 6.9 has no other resource for yet.
 * CKV_GIT_4 and GIT-0002 look for `plaintext_value`.
 */
export const REFERENCES: Readonly<Record<string, References>> = {
  "repository-changes-approved": { cis: ["1.1.3"], checkov: ["CKV_GIT_5"] },
  "repository-checks-required": { cis: ["1.1.9"] },
  "repository-commits-signed": { cis: ["1.1.12"], checkov: ["CKV_GIT_6"], trivy: ["GIT-0004"] },
  "repository-dependencies-watched": { cis: ["1.5.5"], checkov: ["CKV_GIT_3"], trivy: ["GIT-0003"] },
  "repository-history-kept": { cis: ["1.1.16", "1.1.17", "1.1.20"], checkov: ["CKV2_GIT_1"] },
  "repository-owners-asked": { cis: ["1.1.7"] },
  "repository-private": { checkov: ["CKV_GIT_1"], trivy: ["GIT-0001"] },
  "repository-secrets-scanned": { cis: ["1.5.1"] },
  "repository-stale-dismissed": { cis: ["1.1.4"] },
  "secret-value-outside": { checkov: ["CKV_GIT_4"], trivy: ["GIT-0002"] },
  "webhook-encrypted": { cis: ["1.4.4", "2.1.10"], checkov: ["CKV_GIT_2"] },
};
