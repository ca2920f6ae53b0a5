import type { Fact } from "./fact";

/** One resource of the final Terraform JSON. */
export interface ResourceView {
  /** Terraform address, such as `aws_vpc.Network`. */
  readonly address: string;
  readonly type: string;
  /** Path of the construct that made it. */
  readonly path: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Turns one resource, with what it refers to, into what it says in neutral words. */
export type Reader = (resource: ResourceView, inventory: Inventory) => readonly Fact[];

/** The part of Terraform's JSON that is read here. */
export interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly [block: string]: unknown;
}

type Attributes = Readonly<Record<string, unknown>>;

const REFERENCE = /\$\{(?:data\.)?([a-z0-9_]+\.[A-Za-z0-9_-]+)[.[}]/;

/** All resources of one stack's final JSON, with look-up along references. */
export class Inventory {
  readonly resources: readonly ResourceView[];
  private readonly byAddress: ReadonlyMap<string, ResourceView>;
  private readonly byReference = new Map<string, Map<string, ResourceView[]>>();

  constructor(public readonly json: TerraformJson) {
    this.resources = Object.entries(json.resource ?? {}).flatMap(([type, instances]) =>
      Object.entries(instances).map(([id, attributes]) => ({ address: `${type}.${id}`, type, path: pathOf(attributes, id), attributes })),
    );
    this.byAddress = new Map(this.resources.map((resource) => [resource.address, resource]));
  }

  /** Reads the facts of every resource that a reader knows. */
  facts(readers: Readonly<Record<string, Reader>>): Fact[] {
    return this.resources.flatMap((resource) => readers[resource.type]?.(resource, this) ?? []);
  }

  /** The resource that a value such as `${aws_kms_key.Key.arn}` refers to. */
  referred(value: unknown): ResourceView | undefined {
    const address = typeof value === "string" ? REFERENCE.exec(value)?.[1] : undefined;
    return address === undefined ? undefined : this.byAddress.get(address);
  }

  /** The resources of a type whose attribute, or attribute in a block such as `ecs_service.service_name`, refers to `target`, in the order of the JSON. */
  referring(type: string, attribute: string, target: ResourceView): readonly ResourceView[] {
    const key = `${type}.${attribute}`;
    const index = this.byReference.get(key) ?? this.indexOf(type, attribute);
    this.byReference.set(key, index);
    return index.get(target.address) ?? [];
  }

  private indexOf(type: string, attribute: string): Map<string, ResourceView[]> {
    const index = new Map<string, ResourceView[]>();
    for (const id of Object.keys(this.json.resource?.[type] ?? {})) {
      const resource = this.byAddress.get(`${type}.${id}`) as ResourceView;
      for (const value of attributeOf(resource.attributes, attribute)) {
        const target = this.referred(value);
        if (target === undefined) continue;
        const found = index.get(target.address);
        if (found === undefined) index.set(target.address, [resource]);
        else found.push(resource);
      }
    }
    return index;
  }
}

function pathOf(attributes: Attributes, id: string): string {
  const note = attributes["//"] as { metadata?: { path?: string } } | undefined;
  return note?.metadata?.path ?? id;
}

function attributeOf(attributes: Attributes, attribute: string): readonly unknown[] {
  const dot = attribute.indexOf(".");
  if (dot === -1) return asList(attributes[attribute]);
  return asList(attributes[attribute.slice(0, dot)]).flatMap((inner) => attributeOf(inner as Attributes, attribute.slice(dot + 1)));
}

/** The provider of a resource type: what stands before the first `_`. */
export function providerName(resourceType: string): string {
  return resourceType.slice(0, resourceType.indexOf("_"));
}

/** A value as list: nothing is the empty list. */
export function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The only block of a repeated nested block, or an empty one. */
export function block(value: unknown): Attributes {
  const first = asList(value)[0];
  return typeof first === "object" && first !== null ? (first as Attributes) : {};
}
