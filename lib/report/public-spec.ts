/** Where specs hold secrets, references to secrets, or values that a user gave for a program's environment. */
const PRIVATE: ReadonlySet<string> = new Set(["secrets", "keySecret", "registrySecret", "environment"]);

/** A spec without what is nobody's business who may read the report: secrets, references to them, environments. */
export function publicSpec(spec: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(spec).flatMap(([key, value]) => (PRIVATE.has(key) ? [] : [[key, publicValue(value)]])));
}

function publicValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(publicValue);
  return typeof value === "object" && value !== null ? publicSpec(value) : value;
}
