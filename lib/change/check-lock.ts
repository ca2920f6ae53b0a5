import { asList, type Inventory } from "../facts/inventory";
import type { Issue } from "../spec/check";
import { declaredChanges, type DeclaredChanges, type MovedAddress } from "./declaration";
import { sortKeys, type StatefulLock } from "./lock";
import { statefulResources, statefulTypesOf, type StatefulProvider, type StatefulResource, type StatefulTypes } from "./stateful";

/** A stack whose final JSON is known. */
export interface LockSource {
  readonly stack: string;
  readonly inventory: Inventory;
  readonly providers: readonly StatefulProvider[];
}

/** What is wrong: it is not there any more, it has another address, or Terraform would destroy and recreate it. */
export type LockProblemKind = "gone" | "moved" | "replaced";

/** One resource that would lose its data. Plain JSON. */
export interface LockProblem {
  readonly kind: LockProblemKind;
  /** Terraform address in the lock file. */
  readonly address: string;
  /** Path of the construct that made it. */
  readonly path: string;
  /** What the Terraform says now; undefined when it is gone. */
  readonly got: unknown;
  readonly want: string;
  /** The next step, with the code to write. */
  readonly fix: string;
}

/** A stack held against its lock. */
export interface LockVerdict {
  readonly problems: readonly LockProblem[];
  /** What holds data and is not in the lock yet. */
  readonly added: readonly StatefulResource[];
  /** Declarations that changed nothing, as text. */
  readonly unused: readonly string[];
  /** What the lock has to say of the stack when there is no problem. */
  readonly next: readonly StatefulResource[];
}

/**
 * Holds a stack against the lock: what it says must still be there, at its address, and with the properties whose change would destroy it.
 * @throws IntentError when a declaration is malformed.
 */
export function checkLock(source: LockSource, lock: StatefulLock, declared: DeclaredChanges = {}): LockVerdict {
  return new LockCheck(source, lock.stacks[source.stack] ?? [], declared).verdict();
}

/** Among more new resources that look alike nobody can tell which one stands for the old. */
const MOST_CANDIDATES = 100;

class LockCheck {
  private readonly next: readonly StatefulResource[];
  private readonly types: StatefulTypes;
  private readonly present: ReadonlyMap<string, StatefulResource>;
  private readonly moves: ReadonlyMap<string, string>;
  private readonly declared: Required<DeclaredChanges>;
  private readonly used = new Set<string>();
  /** What holds data and is not in the lock, also not under a former address. */
  private readonly added: readonly StatefulResource[];
  private readonly newByType: ReadonlyMap<string, readonly StatefulResource[]>;
  private readonly newByContent: ReadonlyMap<string, readonly StatefulResource[]>;
  /** Addresses of new resources that stand for something in the lock. */
  private readonly taken = new Set<string>();

  constructor(
    { stack, inventory, providers }: LockSource,
    private readonly lock: readonly StatefulResource[],
    declared: DeclaredChanges,
  ) {
    this.declared = declaredChanges(declared, stack);
    this.next = statefulResources(inventory, providers);
    this.types = statefulTypesOf(providers);
    this.present = new Map(this.next.map((resource) => [resource.address, resource]));
    this.moves = new Map(
      [...terraformMoves(inventory), ...this.declared.moved].map(({ from, to }) => [withoutIndex(from), withoutIndex(to)]),
    );
    const locked = new Set(lock.map(({ address }) => this.moves.get(address) ?? address));
    this.added = this.next.filter(({ address }) => !locked.has(address));
    this.newByType = grouped(this.added, ({ type }) => type);
    this.newByContent = grouped(this.added, (resource) => this.contentOf(resource, false));
  }

  public verdict(): LockVerdict {
    const problems = this.lock.flatMap((resource) => this.problemOf(resource) ?? []);
    return { problems, added: this.added, unused: this.unused(), next: this.next };
  }

  private problemOf(was: StatefulResource): LockProblem | undefined {
    const target = this.moves.get(was.address);
    if (target !== undefined) this.used.add(was.address);
    const is = this.present.get(target ?? was.address);
    const problem = is === undefined ? (this.movedProblem(was, target) ?? gone(was, target)) : this.replacedProblem(was, is);
    if (problem === undefined || !this.isRetired(was.address)) return problem;
    this.used.add(was.address);
    return undefined;
  }

  private isRetired(address: string): boolean {
    return this.declared.retired.some((retired) => withoutIndex(retired.address) === address);
  }

  /** The same thing at another address, when there is one that nothing else in the lock stands for. */
  private movedProblem(was: StatefulResource, target: string | undefined): LockProblem | undefined {
    const is = target === undefined ? this.counterpart(was) : undefined;
    if (is === undefined) return undefined;
    this.taken.add(is.address);
    const kept = this.changes(was, is).map((name) => `${name} ${show(was.properties[name])}`);
    const keep = kept.length === 0 ? "" : ` and keep ${kept.join(", ")}`;
    return {
      kind: "moved",
      address: was.address,
      path: was.path,
      got: is.address,
      want: "the address it had, or a move that Terraform knows of: it would destroy the one and create the other, empty",
      fix: `on the ${was.type} at ${is.path} call moveFromId("${was.address}")${keep}; when it is another one, ${retirement(was.address)}`,
    };
  }

  /** What is most likely the same: equal in everything that would destroy it, or else the only new one of the type. */
  private counterpart(was: StatefulResource): StatefulResource | undefined {
    const free = (group: readonly StatefulResource[] = []) =>
      group.length > MOST_CANDIDATES ? [] : group.filter(({ address }) => !this.taken.has(address));
    const equal = free(this.newByContent.get(this.contentOf(was, true)));
    if (equal.length > 0) return equal.find((one) => tail(one) === tail(was)) ?? (equal.length === 1 ? equal[0] : undefined);
    const candidates = free(this.newByType.get(was.type));
    return candidates.length === 1 ? candidates[0] : undefined;
  }

  private contentOf({ type, properties }: StatefulResource, before: boolean): string {
    return `${type} ${this.comparable(properties, before)}`;
  }

  private replacedProblem(was: StatefulResource, is: StatefulResource): LockProblem | undefined {
    const changes = this.changes(was, is);
    if (changes.length === 0) return undefined;
    return {
      kind: "replaced",
      address: was.address,
      path: is.path,
      got: Object.fromEntries(changes.map((name) => [name, is.properties[name] ?? null])),
      want: `${changes.map((name) => `${name} ${show(was.properties[name])}`).join(", ")} as it was: Terraform would destroy it and create it anew, empty`,
      fix: `put it back, or create a second one, move the data, and then ${retirement(was.address)}`,
    };
  }

  /** Names of the properties whose change would destroy the resource. */
  private changes(was: StatefulResource, is: StatefulResource): string[] {
    const { properties = [], alsoWhenRemoved = [] } = this.types[was.type] ?? {};
    return properties.filter((name) => {
      const [before, after] = [this.comparable(was.properties[name], true), this.comparable(is.properties[name], false)];
      return before !== after && (is.properties[name] !== undefined || alsoWhenRemoved.includes(name));
    });
  }

  /** A value as text: the order of lists is no change, and neither is a reference to something that has moved. */
  private comparable(value: unknown, before: boolean): string {
    const text = JSON.stringify(sortLists(sortKeys(value))) ?? "";
    if (!before || this.moves.size === 0) return text;
    return text.replace(/\b[a-z][a-z0-9_]*\.[\w-]+/g, (address) => this.moves.get(address) ?? address);
  }

  private unused(): string[] {
    const moved = this.declared.moved.filter(({ from }) => !this.used.has(withoutIndex(from)));
    const retired = this.declared.retired.filter(({ address }) => !this.used.has(withoutIndex(address)));
    return [
      ...moved.map(({ from }) => `moved from ${from}: the lock does not hold it; remove the declaration`),
      ...retired.map(({ address }) => `retired ${address}: nothing happens to it; remove the declaration`),
    ];
  }
}

/** The problems as those of a construct, for an IntentError. */
export function lockIssues(problems: readonly LockProblem[]): readonly Issue[] {
  return problems.map(({ address, got, want, fix }) => ({ prop: address, got, want, fix }));
}

function gone({ address, type, path }: StatefulResource, target: string | undefined): LockProblem {
  return {
    kind: "gone",
    address,
    path,
    got: undefined,
    want:
      target === undefined
        ? `the ${type} that ${path} made: Terraform would destroy it`
        : `the ${type} at ${target}, to which it is declared moved`,
    fix: `put it back, or ${retirement(address)}`,
  };
}

function retirement(address: string): string {
  return `declare retired: [{ address: "${address}", reason: "..." }]`;
}

/** The `moved` blocks of the Terraform. */
function terraformMoves({ json }: Inventory): MovedAddress[] {
  return asList(json.moved).flatMap((moved) => {
    const { from, to } = moved as Partial<MovedAddress>;
    return typeof from === "string" && typeof to === "string" ? [{ from, to }] : [];
  });
}

function withoutIndex(address: string): string {
  return address.replace(/\[[^\]]*\]$/, "");
}

function grouped(resources: readonly StatefulResource[], keyOf: (resource: StatefulResource) => string): Map<string, StatefulResource[]> {
  const groups = new Map<string, StatefulResource[]>();
  for (const resource of resources) {
    const group = groups.get(keyOf(resource));
    if (group === undefined) groups.set(keyOf(resource), [resource]);
    else group.push(resource);
  }
  return groups;
}

/** The part of the path that a resource keeps when its parents are renamed. */
function tail({ path }: StatefulResource): string {
  return path.split("/").slice(-2).join("/");
}

function sortLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortLists).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, sortLists(child)]));
}

function show(value: unknown): string {
  return value === undefined ? "unset" : JSON.stringify(value);
}
