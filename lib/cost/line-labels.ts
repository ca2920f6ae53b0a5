import type { ResourceView } from "../facts/inventory";
import type { LabelSet } from "../labels";
import type { Provider } from "../provider";
import { ALLOCATION_KEYS, type LineLabels } from "./line";

export interface LabelSources {
  readonly resources: readonly ResourceView[];
  readonly providerOf: (type: string) => Provider | undefined;
  /** The labels of the stack; what is said nearer counts. */
  readonly labels?: Partial<LabelSet>;
  /** Who a resource belongs to, when the caller knows. */
  readonly labelsOf?: (resource: ResourceView) => Partial<LabelSet> | undefined;
}

const NONE: LineLabels = {};

/**
 * Says who a resource belongs to: what the caller knows, or else its tags. A resource that carries none belongs where all that does carry labels
 * around it agrees: the nearest construct above that holds labelled resources.
 */
export class LineLabelling {
  private around: ReadonlyMap<string, LineLabels> | undefined;

  constructor(private readonly sources: LabelSources) {}

  labelsOf(resource: ResourceView): LineLabels {
    const { labels, labelsOf } = this.sources;
    const known = labelsOf?.(resource);
    return picked({ ...labels, ...(known ?? this.carried(resource) ?? this.nearby(resource.path)) });
  }

  private carried(resource: ResourceView): Partial<LabelSet> | undefined {
    const projection = this.sources.providerOf(resource.type)?.labels;
    const carrier = projection?.carrierOf(resource.type);
    if (projection === undefined || carrier === undefined) return undefined;
    const decoded = projection.decode(carrier.read(resource.attributes));
    return Object.keys(decoded).length === 0 ? undefined : decoded;
  }

  private nearby(path: string): LineLabels {
    this.around ??= this.survey();
    for (let above = parentOf(path); above !== ""; above = parentOf(above)) {
      const agreed = this.around.get(above);
      if (agreed !== undefined) return agreed;
    }
    return NONE;
  }

  private survey(): ReadonlyMap<string, LineLabels> {
    const around = new Map<string, LineLabels>();
    for (const resource of this.sources.resources) {
      const carried = this.carried(resource);
      if (carried === undefined) continue;
      const labels = picked(carried);
      for (let above = parentOf(resource.path); above !== ""; above = parentOf(above)) {
        const before = around.get(above);
        around.set(above, before === undefined ? labels : agreement(before, labels));
      }
    }
    return around;
  }
}

function picked(labels: Partial<LabelSet>): LineLabels {
  const found: Partial<Record<(typeof ALLOCATION_KEYS)[number], string>> = {};
  for (const key of ALLOCATION_KEYS) if (labels[key] !== undefined) found[key] = labels[key];
  return found;
}

function agreement(one: LineLabels, other: LineLabels): LineLabels {
  return picked(Object.fromEntries(Object.entries(one).filter(([key, value]) => other[key as keyof LineLabels] === value)));
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
