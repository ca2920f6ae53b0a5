import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import type { BudgetVerdict } from "../../lib/cost/budget";
import type { Estimate } from "../../lib/cost/estimate";
import type { EstimateLine, Gap } from "../../lib/cost/line";
import type { Finding } from "../../lib/policy/finding";
import { mismatch, type Schema } from "../../lib/report/json-shape";
import type {
  Coverage,
  Manifest,
  ManifestAgent,
  ManifestFact,
  ManifestPolicy,
  ManifestRecovery,
  ManifestResource,
  ManifestRule,
} from "../../lib/report/manifest";
import type { RecoveryVerdict } from "../../lib/recovery/verdict";
import { syntheticManifest } from "./support";

const schema = JSON.parse(readFileSync(join(__dirname, "../../lib/report/manifest.schema.json"), "utf8")) as Schema & { $id: string };
const ajv = new Ajv2020({ allErrors: true });
const validate = ajv.compile(schema);

/** Every property of a type once: a property that is added or removed does not compile here. */
type Keys<T> = Record<keyof Required<T>, true>;

const TYPES: Record<string, Record<string, true>> = {
  "": {
    manifestVersion: true,
    stack: true,
    providers: true,
    labels: true,
    coverage: true,
    agents: true,
    resources: true,
    facts: true,
    policy: true,
    cost: true,
    budgets: true,
    recovery: true,
  } satisfies Keys<Manifest>,
  coverage: {
    resources: true,
    labelled: true,
    untaggable: true,
    conflict: true,
    ungoverned: true,
    ratio: true,
    ratioOfTaggable: true,
  } satisfies Keys<Coverage>,
  agent: {
    kind: true,
    address: true,
    path: true,
    endpoint: true,
    agentId: true,
    governanceId: true,
    heartbeatSeconds: true,
    missedHeartbeats: true,
  } satisfies Keys<ManifestAgent>,
  resource: { address: true, path: true, labelStatus: true, conflicts: true } satisfies Keys<ManifestResource>,
  fact: { kind: true, address: true, path: true, spec: true } satisfies Keys<ManifestFact>,
  finding: {
    ruleId: true,
    severity: true,
    status: true,
    address: true,
    path: true,
    observed: true,
    expected: true,
    fix: true,
    acknowledgement: true,
  } satisfies Keys<Finding>,
  rule: { title: true, severity: true, why: true, pass: true, fail: true, unknown: true, acknowledged: true } satisfies Keys<ManifestRule>,
  policy: { packs: true, counts: true, findings: true, asOf: true, rules: true } satisfies Keys<ManifestPolicy>,
  recovery: { verdicts: true, availability: true, uncovered: true, notJudged: true, unmatched: true } satisfies Keys<ManifestRecovery>,
  recoveryVerdict: {
    path: true,
    scope: true,
    status: true,
    target: true,
    address: true,
    mechanism: true,
    rpoMinutes: true,
    rtoMinutes: true,
    reason: true,
    nearest: true,
  } satisfies Keys<RecoveryVerdict>,
  estimate: {
    estimateVersion: true,
    asOf: true,
    currency: true,
    books: true,
    usage: true,
    lines: true,
    gaps: true,
    free: true,
    totals: true,
    complete: true,
    priceDates: true,
    notCovered: true,
  } satisfies Keys<Estimate>,
  estimateLine: {
    address: true,
    path: true,
    type: true,
    labels: true,
    provider: true,
    kind: true,
    meter: true,
    service: true,
    sku: true,
    region: true,
    unit: true,
    quantity: true,
    basis: true,
    unitUsd: true,
    usd: true,
    creditUsd: true,
    priceId: true,
    priceDate: true,
    grade: true,
    source: true,
  } satisfies Keys<EstimateLine>,
  gap: { address: true, path: true, type: true, labels: true, reason: true, detail: true, meter: true } satisfies Keys<Gap>,
  budgetVerdict: {
    verdict: true,
    of: true,
    budget: true,
    usd: true,
    capUsd: true,
    problems: true,
    warnings: true,
    accepted: true,
    largest: true,
    change: true,
  } satisfies Keys<BudgetVerdict>,
};

/** A manifest that can be damaged anywhere. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any;

const asWritten = (manifest: Manifest) => JSON.parse(JSON.stringify(manifest)) as Manifest;

describe("the schema of the manifest", () => {
  test.each(Object.entries(TYPES))("%p has the properties of the type", (name, keys) => {
    const part = name === "" ? schema : schema.$defs?.[name];
    expect(Object.keys(part?.properties ?? {}).sort()).toEqual(Object.keys(keys).sort());
  });

  test("takes a manifest without and with every section", () => {
    for (const sections of [false, true]) {
      const manifest = asWritten(syntheticManifest({ agents: 3, resources: 200, sections }));
      validate(manifest);
      expect(validate.errors ?? []).toEqual([]);
      expect(mismatch(manifest, schema, schema)).toBeUndefined();
    }
  });

  test.each<[string, (manifest: Loose) => unknown, string]>([
    ["a missing label", (manifest) => delete manifest.labels.owner, "labels.owner"],
    ["an unknown status", (manifest) => (manifest.resources[3].labelStatus = "perhaps"), "resources.3.labelStatus"],
    ["a number as text", (manifest) => (manifest.coverage.labelled = "3"), "coverage.labelled"],
    ["a ratio above 1", (manifest) => (manifest.coverage.ratio = 1.5), "coverage.ratio"],
    ["money as number", (manifest) => (manifest.cost.lines[0].usd.low = 1.5), "cost.lines.0.usd.low"],
    ["no list", (manifest) => (manifest.facts = {}), "facts"],
    ["an amount that is none", (manifest) => (manifest.budgets[0].capUsd = "20 USD"), "budgets.0.capUsd"],
    ["totals that are neither there nor null", (manifest) => (manifest.cost.totals = 4), "cost.totals"],
    ["a fraction of a count", (manifest) => (manifest.policy.counts.high.fail = 0.5), "policy.counts.high.fail"],
  ])("refuses %s, as our own check does", (_, damage, at) => {
    const manifest = asWritten(syntheticManifest({ agents: 3, resources: 40 }));
    damage(manifest);
    expect(validate(manifest)).toBe(false);
    expect(mismatch(manifest, schema, schema)?.at).toBe(at);
  });
});
