import { block, type Inventory, type ResourceView } from "../facts/inventory";

/** How a resource type that holds data is recreated: facts of the provider. */
export interface StatefulType {
  /** Attributes that can only be changed by destroying the resource and creating it anew; `network.subnet` is one in a block. */
  readonly properties: readonly string[];
  /**
   * Those of them that force it also when they are taken out; the others then keep the value they have.
   * @default - none
   */
  readonly alsoWhenRemoved?: readonly string[];
}

/** The types that hold data, by Terraform resource type. */
export type StatefulTypes = Readonly<Record<string, StatefulType>>;

/** One resource that holds data, as the lock file keeps it. Plain JSON. */
export interface StatefulResource {
  /** Terraform address. */
  readonly address: string;
  readonly type: string;
  /** Path of the construct that made it. */
  readonly path: string;
  /** The attributes whose change would destroy it, as far as they are set. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A provider, as far as it knows what holds data. */
export interface StatefulProvider {
  readonly name: string;
  readonly stateful?: StatefulTypes;
}

/** The types of all providers that hold data. */
export function statefulTypesOf(providers: readonly StatefulProvider[]): StatefulTypes {
  return Object.assign({}, ...providers.map((provider) => provider.stateful ?? {})) as StatefulTypes;
}

/** Everything in a stack that holds data, by address. */
export function statefulResources(inventory: Inventory, providers: readonly StatefulProvider[]): StatefulResource[] {
  const types = statefulTypesOf(providers);
  return inventory.resources
    .flatMap((resource) => {
      const stateful = Object.hasOwn(types, resource.type) ? types[resource.type] : undefined;
      return stateful === undefined ? [] : [locked(resource, stateful)];
    })
    .sort(byAddress);
}

/** Order of a lock file. */
export function byAddress(one: Pick<StatefulResource, "address">, other: Pick<StatefulResource, "address">): number {
  return one.address < other.address ? -1 : one.address > other.address ? 1 : 0;
}

function locked({ address, type, path, attributes }: ResourceView, { properties }: StatefulType): StatefulResource {
  const set = [...properties].sort().flatMap((name) => {
    const value = valueAt(attributes, name);
    return isUnset(value) ? [] : [[name, value] as const];
  });
  return { address, type, path, properties: Object.fromEntries(set) };
}

function valueAt(attributes: ResourceView["attributes"], name: string): unknown {
  const dot = name.indexOf(".");
  return dot === -1 ? attributes[name] : valueAt(block(attributes[name.slice(0, dot)]), name.slice(dot + 1));
}

/** Terraform treats all of these as a value that was not given. */
function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === false || value === "" || (Array.isArray(value) && value.length === 0);
}
