import { createHash } from "node:crypto";
import type { Finding, Severity } from "../policy/finding";
import { MANAGED_BY } from "../labels";
import type { Manifest } from "./manifest";

export interface SarifOptions {
  /**
   * File that a stack's findings are shown in, as a path from the root of the repository.
   * @default - `cdktf.out/stacks/<stack>/cdk.tf.json`
   */
  readonly fileOf?: (stack: string) => string;
}

const LEVELS = { critical: "error", high: "error", medium: "warning", low: "note" } satisfies Record<Severity, string>;

/** On the scale of CVSS, by which code scanning sorts. */
const SCORES = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } satisfies Record<Severity, string>;

/**
 * The findings of all stacks as SARIF 2.1.0, for code scanning. What could not be decided is `open`; what was acknowledged is suppressed with its reason.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function reportSarif(manifests: readonly Manifest[], { fileOf = defaultFile }: SarifOptions = {}): object {
  const findings = manifests.flatMap(({ stack, policy }) => (policy?.findings ?? []).map((finding) => ({ finding, file: fileOf(stack) })));
  const rules = new Map<string, Finding>();
  for (const { finding } of findings) if (!rules.has(finding.ruleId)) rules.set(finding.ruleId, finding);
  const indexes = new Map([...rules.keys()].sort().map((ruleId, index) => [ruleId, index]));
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: MANAGED_BY, rules: [...indexes.keys()].map((ruleId) => ruleOf(rules.get(ruleId) as Finding)) } },
        columnKind: "utf16CodeUnits",
        results: findings.map(({ finding, file }) => resultOf(finding, file, indexes.get(finding.ruleId) as number)),
      },
    ],
  };
}

/** Halves of characters, which no address can have, are replaced. */
function uriOf(file: string): string {
  return encodeURI(Buffer.from(file, "utf8").toString("utf8"));
}

function defaultFile(stack: string): string {
  return `cdktf.out/stacks/${stack}/cdk.tf.json`;
}

function ruleOf({ ruleId, severity, expected, fix }: Finding): object {
  return {
    id: ruleId,
    shortDescription: { text: `${ruleId}: want ${expected}` },
    help: { text: fix },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { "security-severity": SCORES[severity], tags: ["security"] },
  };
}

function resultOf(finding: Finding, file: string, ruleIndex: number): object {
  const { ruleId, severity, status, address, path, observed, expected, fix, acknowledgement } = finding;
  const unknown = status === "unknown";
  const suppression = { kind: "external", status: "accepted", justification: acknowledgement?.reason ?? "acknowledged" };
  return {
    ruleId,
    ruleIndex,
    kind: unknown ? "open" : "fail",
    level: unknown ? "none" : LEVELS[severity],
    message: { text: `${address} (${path}): ${observed}, want ${expected}; ${fix}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } },
        logicalLocations: [{ name: address, fullyQualifiedName: path, kind: "resource" }],
      },
    ],
    partialFingerprints: { "ruleAndPlace/v1": createHash("sha256").update(`${ruleId}\n${file}\n${address}\n${path}`).digest("hex") },
    ...(status === "acknowledged" ? { suppressions: [suppression] } : {}),
  };
}
