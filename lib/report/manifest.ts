import type { BudgetVerdict } from "../cost/budget";
import type { Estimate } from "../cost/estimate";
import type { Fact } from "../facts/fact";
import { providerName, type Inventory, type ResourceView } from "../facts/inventory";
import { isLocal } from "../facts/local-providers";
import type { Labels } from "../labels";
import { disagreeing, type LabelsAspect } from "../labels-aspect";
import type { Finding, FindingStatus, Severity } from "../policy/finding";
import type { EncodedLabels, Provider } from "../provider";
import type { RecoveryJudgement, Uncovered } from "../recovery/judge";
import type { GovernanceSpec } from "../spec/governance";
import { publicSpec } from "./public-spec";

/** Version of the manifest's shape; it rises with every change that a reader could notice. */
export const MANIFEST_VERSION = 1;

/**
 * Whether a resource carries its labels. `untaggable`: its type cannot; `conflict`: a tag said something else;
 * `ungoverned`: its provider was not given to `govern`, or it was written into the stack by hand, without a construct.
 */
export type LabelStatus = "labelled" | "untaggable" | "conflict" | "ungoverned";

/** One resource of the stack. */
export interface ManifestResource {
  /** Terraform address. */
  readonly address: string;
  /** Path of the construct that made it. */
  readonly path: string;
  readonly labelStatus: LabelStatus;
  /** For `conflict`: what the tags said, by tag key. */
  readonly conflicts?: EncodedLabels;
}

/** One agent of the stack and where it reports. */
export interface ManifestAgent extends Omit<GovernanceSpec, "keySecret"> {
  /** What runs it, such as `agent-service`. */
  readonly kind: Fact["kind"];
  readonly address: string;
  readonly path: string;
}

/** How many resources carry their labels. */
export interface Coverage {
  readonly resources: number;
  readonly labelled: number;
  readonly untaggable: number;
  readonly conflict: number;
  readonly ungoverned: number;
  /** Labelled among all resources, 0 to 1; 1 for an empty stack. */
  readonly ratio: number;
  /** Labelled among those that can carry labels, 0 to 1; 1 when there are none. */
  readonly ratioOfTaggable: number;
}

/** What the Terraform says of one thing, in neutral words; without secrets, references to them, and environments. */
export interface ManifestFact {
  readonly kind: Fact["kind"];
  readonly address: string;
  readonly path: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** How many findings there are of one severity, by what is known of them. */
export type FindingCounts = Readonly<Record<Severity, Readonly<Record<FindingStatus, number>>>>;

/** One rule that was asked, and how often it came to which end. */
export interface ManifestRule {
  /** One sentence that is true when the rule holds. */
  readonly title: string;
  readonly severity: Severity;
  /** What can happen otherwise. */
  readonly why: string;
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly acknowledged: number;
}

/** What the rules found. */
export interface ManifestPolicy {
  /** Names of the rule packs that were applied. */
  readonly packs: readonly string[];
  readonly counts: FindingCounts;
  readonly findings: readonly Finding[];
  /** The day for which acknowledgements hold. */
  readonly asOf?: string;
  /** Every rule that was asked, by id. */
  readonly rules?: Readonly<Record<string, ManifestRule>>;
}

/** How the recovery targets stand. */
export type ManifestRecovery = Pick<RecoveryJudgement, "verdicts"> &
  Partial<Omit<RecoveryJudgement, "verdicts" | "uncovered">> & {
    /** What holds data but is covered by nothing, in some of the failures or in all. */
    readonly uncovered: readonly (Pick<Uncovered, "address" | "path" | "why"> & Partial<Uncovered>)[];
  };

/** What is there only when it was asked for; what is absent was neither promised nor checked. */
export interface ManifestSections {
  readonly policy?: ManifestPolicy;
  readonly cost?: Estimate;
  readonly budgets?: readonly BudgetVerdict[];
  readonly recovery?: ManifestRecovery;
}

/** What one stack holds and promises; the labels at the provider are a projection of it. */
export interface Manifest extends ManifestSections {
  readonly manifestVersion: typeof MANIFEST_VERSION;
  readonly stack: string;
  readonly providers: readonly string[];
  readonly labels: Labels;
  readonly coverage: Coverage;
  readonly agents: readonly ManifestAgent[];
  readonly resources: readonly ManifestResource[];
  readonly facts: readonly ManifestFact[];
}

/** What a manifest is made from. */
export interface ManifestSource {
  readonly stack: string;
  readonly labels: Labels;
  readonly inventory: Inventory;
  readonly providers: readonly Provider[];
  readonly labelling: LabelsAspect;
  /** What was asked for beyond labels and facts. */
  readonly sections?: ManifestSections;
}

/** The manifest of a stack whose final JSON is known. */
export function buildManifest(source: ManifestSource): Manifest {
  const providers = new Map(source.providers.map((provider) => [provider.name, provider]));
  const resources = source.inventory.resources.map((resource) => describe(resource, providers, source.labelling));
  const facts = source.inventory.facts(Object.assign({}, ...source.providers.map((provider) => provider.readers)));
  return {
    manifestVersion: MANIFEST_VERSION,
    stack: source.stack,
    providers: [...providers.keys()],
    labels: source.labels,
    coverage: coverageOf(resources),
    agents: facts.flatMap(agentsOf),
    resources,
    facts: facts.map(({ kind, address, path, spec }) => ({ kind, address, path, spec: publicSpec(spec) })),
    ...source.sections,
  };
}

function describe(resource: ResourceView, providers: ReadonlyMap<string, Provider>, labelling: LabelsAspect): ManifestResource {
  const { address, path } = resource;
  const provider = providers.get(providerName(resource.type));
  if (provider === undefined) return { address, path, labelStatus: isLocal(resource.type) ? "untaggable" : "ungoverned" };
  const done = labelling.labellingOf(path);
  if (done === undefined) {
    const canCarry = provider.labels.carrierOf(resource.type) !== undefined;
    return { address, path, labelStatus: canCarry ? "ungoverned" : "untaggable" };
  }
  const final = done.carrier.read(resource.attributes);
  const conflicts = { ...done.overwritten, ...disagreeing(final, done.labels), ...missing(final, done.labels) };
  return Object.keys(conflicts).length === 0
    ? { address, path, labelStatus: "labelled" }
    : { address, path, labelStatus: "conflict", conflicts };
}

/** Labels that an override has removed, as empty text. */
function missing(final: EncodedLabels, labels: EncodedLabels): EncodedLabels {
  return Object.fromEntries(Object.keys(labels).flatMap((key) => (key in final ? [] : [[key, ""]])));
}

function coverageOf(resources: readonly ManifestResource[]): Coverage {
  const count = (status: LabelStatus) => resources.filter((resource) => resource.labelStatus === status).length;
  const [labelled, untaggable, conflict, ungoverned] = [count("labelled"), count("untaggable"), count("conflict"), count("ungoverned")];
  const taggable = labelled + conflict;
  return {
    resources: resources.length,
    labelled,
    untaggable,
    conflict,
    ungoverned,
    ratio: resources.length === 0 ? 1 : labelled / resources.length,
    ratioOfTaggable: taggable === 0 ? 1 : labelled / taggable,
  };
}

/** The agents of a fact: one, or as many as share one runtime. */
function agentsOf(fact: Fact): ManifestAgent[] {
  const { governance, agents } = fact.spec as { governance?: GovernanceSpec; agents?: readonly string[] };
  if (governance === undefined) return [];
  const { endpoint, governanceId, heartbeatSeconds, missedHeartbeats } = governance;
  const { kind, address, path } = fact;
  return (agents ?? [governance.agentId]).map((agentId) => ({
    kind,
    address,
    path,
    endpoint,
    agentId,
    governanceId,
    heartbeatSeconds,
    missedHeartbeats,
  }));
}
