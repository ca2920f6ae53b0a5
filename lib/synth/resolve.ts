import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { TerraformStack } from "cdktf";

/** Thrown where this code cannot promise the engine's own output; the caller then lets the engine do it. */
export class NotReproducible extends Error {}

const ENGINE_RESOLVER = new DefaultTokenResolver(new StringConcat());

/**
 * Whatever could be an encoded token: its text marker, the markers of map tokens, or an encoded number, which reads like `-1.88e+289`.
 * It may match too much (the engine then decides), never too little.
 */
const SUSPICIOUS = /TfToken\[|Map Token Value|-[\d.]+e\+?\d\d|[\d.]{99}/;

/** Encoded numbers are doubles below -1e288, the marker of number maps is about -1e8. */
const LEAST_PLAIN_NUMBER = -1e8;

/** The engine stops at 200 levels; well before that it may report the error itself. */
const MAX_DEPTH = 150;

/**
 * Resolves values as the engine does, but walks literals directly and hands only tokens to the engine.
 * The engine's own walk makes a context with closures for every key, every undefined attribute and every literal.
 */
export class LiteralFirstResolver {
  /** True when a token produced something that a second pass of the engine could still change. */
  public leftovers = false;

  /** @param preparing whether references to other stacks may still be registered, as in `prepareStack` */
  constructor(
    private readonly scope: TerraformStack,
    private readonly preparing = false,
  ) {}

  /**
   * The value with every token replaced and undefined left out.
   * @throws NotReproducible when the result is not plain JSON.
   */
  public resolve(value: unknown, depth = 0): unknown {
    if (isPlainScalar(value)) return value;
    if (depth > MAX_DEPTH) throw new NotReproducible("nested too deeply");
    if (Array.isArray(value) && !value.some(isSuspiciousScalar)) return this.resolveArray(value, depth);
    if (isPlainObject(value)) return this.resolveObject(value, depth);
    return this.resolveByEngine(value, depth);
  }

  private resolveArray(items: readonly unknown[], depth: number): unknown[] {
    const result: unknown[] = [];
    for (const item of items) {
      const resolved = this.resolve(item, depth + 1);
      if (resolved !== undefined) result.push(resolved);
    }
    return result;
  }

  private resolveObject(object: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(object)) {
      const value = object[key];
      const resolved = isPlainScalar(value) ? value : this.resolve(value, depth + 1);
      if (resolved !== undefined) result[key] = resolved;
    }
    return result;
  }

  private resolveByEngine(value: unknown, depth: number): unknown {
    const resolved: unknown = Tokenization.resolve(value, { scope: this.scope, resolver: ENGINE_RESOLVER, preparing: this.preparing });
    const fixed = resolved === undefined || (typeof value === "string" && resolved === value);
    if (!fixed) this.inspect(resolved, depth);
    return resolved;
  }

  /** Looks at what came out of a token: plain JSON, or something for a second pass. */
  private inspect(value: unknown, depth: number): void {
    if (depth > MAX_DEPTH) throw new NotReproducible("nested too deeply");
    if (Array.isArray(value)) value.forEach((item) => this.inspect(item, depth + 1));
    else if (isPlainObject(value)) Object.values(value).forEach((item) => this.inspect(item, depth + 1));
    else if (value === undefined || (typeof value === "string" && !isPlainScalar(value))) this.leftovers = true;
    else if (!isPlainScalar(value)) throw new NotReproducible("not plain JSON");
  }
}

/** A scalar that no pass of the engine changes. */
function isPlainScalar(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return !SUSPICIOUS.test(value);
    case "number":
      return !(value <= LEAST_PLAIN_NUMBER);
    case "boolean":
    case "undefined":
      return true;
    default:
      return value === null;
  }
}

function isSuspiciousScalar(value: unknown): boolean {
  return typeof value !== "object" && !isPlainScalar(value);
}

/** An object of literal keys that is no token, no construct and no instance of a class. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  if (Tokenization.isResolvable(value) || "_children" in value) return false;
  for (const key of Object.keys(value)) {
    if (key === "__proto__" || !isPlainKey(key)) return false;
  }
  return true;
}

const plainKeys = new Set<string>();

/** Attribute names repeat in every resource, so that they are looked at once. */
function isPlainKey(key: string): boolean {
  if (plainKeys.has(key)) return true;
  if (SUSPICIOUS.test(key)) return false;
  if (plainKeys.size < 10_000) plainKeys.add(key);
  return true;
}
