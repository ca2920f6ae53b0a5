import type { IConstruct } from "constructs";
import { Check, type KeysOf } from "./spec/check";

/** Who pays for, owns and governs what a scope creates. Values are literals: they end up in bills and inventories. */
export interface Labels {
  /** The project or product. */
  readonly project: string;
  /** Where in its life it is, such as `production` or `staging`. */
  readonly environment: string;
  /** Who pays. */
  readonly costCenter: string;
  /** Who answers for it: a team or an e-mail address. */
  readonly owner: string;
  /** The identity under which the agents are governed. */
  readonly governanceId: string;
  /** Where the agents report: an https URL. */
  readonly governanceEndpoint: string;
}

/** Labels of a part of a stack; agent constructs set their own `agentId`. */
export interface ScopeLabels {
  /** The agent that a resource belongs to. */
  readonly agentId?: string;
  /** The layer of the system, such as `core` or `interface`. */
  readonly layer?: string;
  /** What kind of data is held, such as `internal` or `personal`. */
  readonly dataClass?: string;
}

/** Keys as they are written at a provider. */
export type LabelKey = keyof LabelSet;

/** All labels of one resource, as plain literals. */
export interface LabelSet extends Labels, ScopeLabels {
  /** The tool that manages the resource. */
  readonly managedBy: string;
}

export const MANAGED_BY = "cdktf-governed-agents";

/** Label keys in the order in which they are written. */
export const LABEL_KEYS = [
  "project",
  "environment",
  "costCenter",
  "owner",
  "governanceId",
  "governanceEndpoint",
  "agentId",
  "layer",
  "dataClass",
  "managedBy",
] as const satisfies readonly LabelKey[];

/** How label keys are written where a provider has no custom of its own. */
export const LABEL_NAMES = {
  project: "project",
  environment: "environment",
  costCenter: "cost-center",
  owner: "owner",
  governanceId: "governance-id",
  governanceEndpoint: "governance-endpoint",
  agentId: "agent-id",
  layer: "layer",
  dataClass: "data-class",
  managedBy: "managed-by",
} as const satisfies Record<LabelKey, string>;

/** Longest label value: the shortest limit among AWS (256) and OCI (256), read 2026-11-21. */
const MAX_LABEL_LENGTH = 256;

const REQUIRED = {
  project: true,
  environment: true,
  costCenter: true,
  owner: true,
  governanceId: true,
  governanceEndpoint: true,
} satisfies KeysOf<Labels>;

const PRINTABLE = {
  pattern: /^\S(.*\S)?$/,
  want: `text of 1 to ${MAX_LABEL_LENGTH} characters without surrounding blanks`,
  maxLength: MAX_LABEL_LENGTH,
};

/** What an identity of an agent or of its governance may look like: 1 to 64 of a-z, A-Z, 0-9, `.`, `_`, `-`. */
export const IDENTITY = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  want: 'an id of 1 to 64 characters of letters, digits, ".", "_", "-", starting with a letter or digit',
};

/** What an endpoint that agents report to may look like. */
export const HTTPS_URL = {
  pattern: /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~/-]*)?$/,
  want: "an https URL without credentials, query or fragment",
  maxLength: MAX_LABEL_LENGTH,
  hide: (url: string) => url.includes("@") || url.includes("?"),
};

/**
 * Checks the labels of a stack.
 * @throws IntentError naming every missing, over-long or malformed label.
 */
export function labelsSpec(labels: Labels, path: string): Labels {
  const check = new Check<Labels>(`${path} labels`, labels, REQUIRED);
  return check.done({
    project: check.text("project", PRINTABLE),
    environment: check.text("environment", PRINTABLE),
    costCenter: check.text("costCenter", PRINTABLE),
    owner: check.text("owner", PRINTABLE),
    governanceId: check.text("governanceId", IDENTITY),
    governanceEndpoint: check.text("governanceEndpoint", HTTPS_URL),
  });
}

const SCOPE_LABELS = Symbol.for("cdktf-governed-agents/scope-labels");

/**
 * Adds labels to everything below a scope; what is set nearer to a resource wins.
 * @throws IntentError when a label is malformed or over-long.
 */
export function addLabels(scope: IConstruct, labels: ScopeLabels): void {
  const known = { agentId: true, layer: true, dataClass: true } satisfies KeysOf<ScopeLabels>;
  const check = new Check<ScopeLabels>(`${scope.node.path} labels`, labels, known);
  const spec = check.done({
    agentId: check.tryText("agentId", IDENTITY),
    layer: check.tryText("layer", PRINTABLE),
    dataClass: check.tryText("dataClass", PRINTABLE),
  });
  const given = Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
  Object.defineProperty(scope, SCOPE_LABELS, { value: { ...ownLabels(scope), ...given }, configurable: true });
}

function ownLabels(scope: IConstruct): ScopeLabels {
  return (scope as { [SCOPE_LABELS]?: ScopeLabels })[SCOPE_LABELS] ?? {};
}

/** Finds the labels that apply at a place in the tree; scopes without labels of their own share their parent's set. */
export class LabelResolver {
  private readonly known = new Map<IConstruct, LabelSet>();

  constructor(
    private readonly root: IConstruct,
    private readonly labels: Labels,
  ) {}

  /** The labels of a construct. The same object is returned for all constructs that have the same labels by inheritance. */
  labelsOf(construct: IConstruct): LabelSet {
    const found = this.known.get(construct);
    if (found !== undefined) return found;
    const own = ownLabels(construct);
    const inherited = construct === this.root ? this.aroundRoot() : this.labelsOf(construct.node.scope as IConstruct);
    const labels = Object.keys(own).length === 0 ? inherited : { ...inherited, ...own };
    this.known.set(construct, labels);
    return labels;
  }

  /** The labels of the stack, and what was added to a scope that it is in. */
  private aroundRoot(): LabelSet {
    const outer = this.root.node.scopes.slice(0, -1).map(ownLabels);
    return Object.assign({}, this.labels, ...outer, { managedBy: MANAGED_BY }) as LabelSet;
  }
}
