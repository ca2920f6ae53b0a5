import { providerName, type Inventory, type ResourceView } from "../facts/inventory";
import { POSTURE_KINDS, type PostureReader } from "../facts/posture";
import type { Provider } from "../provider";
import { IntentError } from "../spec/check";
import type { Acknowledgement } from "./acknowledge";
import { evaluateSpec, type EvaluateOptions } from "./evaluate-options";
import { SEVERITIES, type Finding } from "./finding";
import type { Failure, Rule, Subject, SubjectKind, Verdict } from "./rule";

/** How often a rule came to which end. */
export interface RuleCount {
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly acknowledged: number;
}

/** An acknowledgement, and how many findings it is about; 0 for one that is no longer needed. */
export interface UsedAcknowledgement extends Acknowledgement {
  readonly findings: number;
}

/** What the rules say of a stack. Plain JSON. */
export interface Evaluation {
  /** The day for which it holds. */
  readonly asOf: string;
  /** The worst first, then by rule and in the order of the resources. Acknowledged ones stay in it. */
  readonly findings: readonly Finding[];
  /** Every rule that was asked, by id; all zero when the stack has nothing that it looks at. */
  readonly rules: Readonly<Record<string, RuleCount>>;
  readonly totals: RuleCount;
  readonly acknowledgements: readonly UsedAcknowledgement[];
}

type Counts = { -readonly [Key in keyof RuleCount]: number };

/**
 * Asks the rules about everything in a stack: from the final JSON alone, without network or clock. Each resource is read once.
 * @throws IntentError when an option is wrong, an acknowledgement has expired, or it names a rule that does not exist.
 */
export function evaluate(inventory: Inventory, providers: readonly Provider[], options: EvaluateOptions): Evaluation {
  const { asOf, rules, acknowledgements } = evaluateSpec(options);
  const accepted = new Accepted(acknowledgements);
  const counts = new Map<Rule, Counts>(rules.map((rule) => [rule, { pass: 0, fail: 0, unknown: 0, acknowledged: 0 }]));
  const byKind = rulesByKind(rules);
  const lacks = new Map(providers.map(({ name, posture }) => [name, posture?.lacks ?? {}]));
  const findings: Finding[] = [];
  for (const subject of subjects(inventory, providers, byKind)) {
    for (const rule of byKind.get(subject.kind) ?? []) {
      const verdict = ask(rule, subject);
      const count = counts.get(rule) as Counts;
      if (verdict === "pass") {
        count.pass++;
        continue;
      }
      const lacking = lacks.get(providerName(subject.address.replace(/^data\./, "")))?.[rule.id];
      const finding = findingOf(rule, subject, lacking ?? verdict, accepted.take(rule.id, subject.path));
      count[finding.status]++;
      findings.push(finding);
    }
  }
  return {
    asOf,
    findings: sorted(findings),
    rules: Object.fromEntries([...counts].map(([rule, count]) => [rule.id, count])),
    totals: sum([...counts.values()]),
    acknowledgements: accepted.used(),
  };
}

function rulesByKind(rules: readonly Rule[]): Map<SubjectKind, Rule[]> {
  const byKind = new Map<SubjectKind, Rule[]>();
  for (const rule of rules) {
    for (const kind of new Set(rule.kinds)) byKind.set(kind, [...(byKind.get(kind) ?? []), rule]);
  }
  return byKind;
}

/** Everything that rules may look at. Facts are read only when a rule looks at them. */
function* subjects(inventory: Inventory, providers: readonly Provider[], byKind: ReadonlyMap<SubjectKind, unknown>): Generator<Subject> {
  const postures = Object.assign({}, ...providers.map((provider) => provider.posture?.readers)) as Readonly<Record<string, PostureReader>>;
  for (const resource of inventory.resources) yield* postures[resource.type]?.(resource, inventory) ?? [];
  for (const source of dataSources(inventory, postures)) yield* postures[source.type]?.(source, inventory) ?? [];
  if ([...byKind.keys()].every((kind) => kind in POSTURE_KINDS)) return;
  yield* inventory.facts(Object.assign({}, ...providers.map((provider) => provider.readers)));
}

/** The data sources that have a reader, with `data.` in front of type and address. */
function dataSources({ json }: Inventory, readers: object): ResourceView[] {
  const data = (json.data ?? {}) as Readonly<Record<string, Readonly<Record<string, ResourceView["attributes"]>>>>;
  return Object.entries(data).flatMap(([name, instances]) => {
    const type = `data.${name}`;
    if (!(type in readers)) return [];
    return Object.entries(instances).map(([id, attributes]) => {
      const note = attributes["//"] as { metadata?: { path?: string } } | undefined;
      return { address: `${type}.${id}`, type, path: note?.metadata?.path ?? id, attributes };
    });
  });
}

function ask(rule: Rule, subject: Subject): Verdict {
  const verdict = rule.check(subject);
  if (verdict === "pass" || verdict === "unknown") return verdict;
  if (typeof verdict?.observed === "string" && typeof verdict.expected === "string") return verdict;
  const want = '"pass", "unknown" or { observed, expected }';
  throw new IntentError("policy", [{ prop: `rule ${rule.id} on ${subject.address}`, got: verdict, want }]);
}

/** A rule that passed not: what is wrong, or why nobody can decide it; a text is why the provider cannot meet it. */
function findingOf(rule: Rule, subject: Subject, verdict: string | Failure, acknowledgement: Acknowledgement | undefined): Finding {
  const { observed, expected } =
    typeof verdict === "string"
      ? { observed: verdict === "unknown" ? "nothing that can be known before Terraform runs" : verdict, expected: truthOf(rule) }
      : verdict;
  const { address, path } = subject;
  const finding = { ruleId: rule.id, severity: rule.severity, address: partOf(subject, address), path, observed, expected, fix: rule.fix };
  if (acknowledgement === undefined) return { ...finding, status: typeof verdict === "string" ? "unknown" : "fail" };
  const { scope, reason, expires } = acknowledgement;
  return { ...finding, status: "acknowledged", acknowledgement: { scope, reason, ...(expires === undefined ? {} : { expires }) } };
}

/** The title as half a sentence. */
function truthOf({ title }: Rule): string {
  return `that ${title.charAt(0).toLowerCase()}${title.slice(1).replace(/\.$/, "")}`;
}

/** A container has no address of its own: it is named behind that of its task. */
function partOf(subject: Subject, address: string): string {
  return subject.kind === "container" ? `${address} container ${subject.name}` : address;
}

function sorted(findings: readonly Finding[]): readonly Finding[] {
  const rank = new Map(SEVERITIES.map((severity, index) => [severity, index]));
  const by = (finding: Finding) => rank.get(finding.severity) as number;
  return [...findings].sort((one, other) => by(one) - by(other) || compare(one.ruleId, other.ruleId));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function sum(counts: readonly RuleCount[]): RuleCount {
  const total = { pass: 0, fail: 0, unknown: 0, acknowledged: 0 };
  for (const count of counts) for (const key of Object.keys(total) as (keyof RuleCount)[]) total[key] += count[key];
  return total;
}

/** What was acknowledged, found by going up from where a finding is. */
class Accepted {
  private readonly byKey = new Map<string, { acknowledgement: Acknowledgement; findings: number }>();

  constructor(acknowledgements: readonly Acknowledgement[]) {
    for (const acknowledgement of acknowledgements)
      this.byKey.set(`${acknowledgement.ruleId} ${acknowledgement.scope}`, { acknowledgement, findings: 0 });
  }

  /** The nearest acknowledgement of a rule at or above a path; it is counted as used. */
  take(ruleId: string, path: string): Acknowledgement | undefined {
    for (let scope = path; ; scope = scope.slice(0, Math.max(0, scope.lastIndexOf("/")))) {
      const found = this.byKey.get(`${ruleId} ${scope}`);
      if (found !== undefined) found.findings++;
      if (found !== undefined || scope === "") return found?.acknowledgement;
    }
  }

  used(): readonly UsedAcknowledgement[] {
    return [...this.byKey.values()].map(({ acknowledgement, findings }) => ({ ...acknowledgement, findings }));
  }
}
