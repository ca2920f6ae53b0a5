import { DefaultTokenResolver, StringConcat, TerraformResource, Tokenization, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import { providerName } from "./facts/inventory";
import type { LabelResolver, LabelSet } from "./labels";
import type { EncodedLabels, LabelCarrier, Provider } from "./provider";

/** What was done to one resource. */
export interface Labelling {
  readonly carrier: LabelCarrier;
  /** The labels it was given. */
  readonly labels: EncodedLabels;
  /** Tags that were set on it before and said something else, by key. */
  readonly overwritten: EncodedLabels;
}

/** Writes the labels on every resource that can carry them: the only thing that changes a user's resources. */
export class LabelsAspect implements IAspect {
  private readonly providers: ReadonlyMap<string, Provider>;
  private readonly encoded = new Map<Provider, Map<LabelSet, EncodedLabels>>();
  private readonly labellings = new Map<string, Labelling>();
  private readonly labels = new Map<string, LabelSet>();

  constructor(
    private readonly resolver: LabelResolver,
    providers: readonly Provider[],
  ) {
    this.providers = new Map(providers.map((provider) => [provider.name, provider]));
  }

  /** What was done to the resource of a construct path; undefined when it cannot carry labels. */
  labellingOf(path: string): Labelling | undefined {
    return this.labellings.get(path);
  }

  /** The labels that hold for the resource of a construct path, whether it can carry them or not. */
  labelsOf(path: string): LabelSet | undefined {
    return this.labels.get(path);
  }

  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    this.labels.set(node.node.path, this.resolver.labelsOf(node));
    const type = node.terraformResourceType;
    const provider = this.providers.get(providerName(type));
    const carrier = provider?.labels.carrierOf(type);
    if (provider === undefined || carrier === undefined) return;
    const labels = this.encode(provider, node);
    const before = carrier.write(node, labels);
    const overwritten = resolved(disagreeing(before, labels), node);
    const earlier = this.labellings.get(node.node.path)?.overwritten;
    this.labellings.set(node.node.path, { carrier, labels, overwritten: { ...earlier, ...overwritten } });
  }

  private encode(provider: Provider, node: IConstruct): EncodedLabels {
    const labels = this.resolver.labelsOf(node);
    const known = this.encoded.get(provider) ?? new Map<LabelSet, EncodedLabels>();
    this.encoded.set(provider, known);
    const encoded = known.get(labels) ?? provider.labels.encode(labels, node.node.path);
    known.set(labels, encoded);
    return encoded;
  }
}

/** Tags with values known only after apply, as Terraform writes them. */
function resolved(tags: EncodedLabels, scope: IConstruct): EncodedLabels {
  if (Object.keys(tags).length === 0) return tags;
  return Tokenization.resolve(tags, { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false }) as EncodedLabels;
}

/** What is in `before` under a key of `labels` with another value. */
export function disagreeing(before: EncodedLabels, labels: EncodedLabels): EncodedLabels {
  return Object.fromEntries(Object.entries(before).filter(([key, value]) => key in labels && labels[key] !== value));
}
