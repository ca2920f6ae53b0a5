import { NotReproducible } from "./resolve";

type JsonObject = Record<string, unknown>;

/**
 * Merges resolved JSON into `target` by the engine's rules: objects merge, arrays are appended, everything else replaces.
 * Takes over parts of `source` without a copy, so `source` must not be used afterwards.
 * @throws NotReproducible when an object meets an array or null, where the engine fails or makes something odd.
 */
export function mergeInto(target: JsonObject, source: unknown): void {
  if (!isObject(source)) throw new NotReproducible("only objects can be merged");
  for (const key of Object.keys(source)) {
    const value = source[key];
    const present = Object.hasOwn(target, key) ? target[key] : undefined;
    if (Array.isArray(value) && Array.isArray(present)) value.forEach((item) => present.push(item));
    else if (isObject(value) && typeof present === "object") mergeInto(asObject(present), value);
    else target[key] = value;
  }
}

function asObject(value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw new NotReproducible("an object cannot be merged into an array or null");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
