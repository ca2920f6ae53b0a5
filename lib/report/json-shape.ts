/** The part of JSON Schema (draft 2020-12) that the manifest's schema uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** The first place where a value is not what a schema asks for. */
export interface Mismatch {
  /** Where, such as `resources.3.labelStatus`; empty for the whole. */
  readonly at: string;
  readonly want: string;
  readonly got: unknown;
}

/** The first mismatch of a value with a schema, whose references lead into `root`; undefined when there is none. */
export function mismatch(value: unknown, schema: Schema, root: Schema, at = ""): Mismatch | undefined {
  if (schema.$ref !== undefined) return mismatch(value, referred(schema.$ref, root), root, at);
  if (schema.anyOf !== undefined) {
    const found = schema.anyOf.map((one) => mismatch(value, one, root, at));
    return found.includes(undefined) ? undefined : found[0];
  }
  const want = unmet(value, schema);
  if (want !== undefined) return { at, want, got: value };
  if (Array.isArray(value)) return schema.items === undefined ? undefined : inItems(value, schema.items, root, at);
  return typeof value === "object" && value !== null ? inProperties(value as Members, schema, root, at) : undefined;
}

type Members = Readonly<Record<string, unknown>>;

function referred(reference: string, root: Schema): Schema {
  return root.$defs?.[reference.replace("#/$defs/", "")] as Schema;
}

function inItems(values: readonly unknown[], schema: Schema, root: Schema, at: string): Mismatch | undefined {
  for (let index = 0; index < values.length; index++) {
    const found = mismatch(values[index], schema, root, below(at, index));
    if (found !== undefined) return found;
  }
  return undefined;
}

function inProperties(members: Members, schema: Schema, root: Schema, at: string): Mismatch | undefined {
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(members, key)) return { at: below(at, key), want: "a value", got: undefined };
  }
  for (const [key, value] of Object.entries(members)) {
    const own = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties?.[key] : schema.additionalProperties;
    const found = typeof own === "object" ? mismatch(value, own, root, below(at, key)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function below(at: string, key: string | number): string {
  return at === "" ? String(key) : `${at}.${key}`;
}

/** What a schema asks of a value itself, without what is in it; undefined when that is met. */
function unmet(value: unknown, schema: Schema): string | undefined {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOf(value, type))) return types.map((type) => TYPES[type]).join(" or ");
  if (schema.const !== undefined && value !== schema.const) return JSON.stringify(schema.const);
  if (schema.enum !== undefined && !schema.enum.includes(value)) return `one of ${schema.enum.join(", ")}`;
  if (typeof value === "string" && schema.pattern !== undefined && !patternOf(schema.pattern).test(value))
    return `text like ${schema.pattern}`;
  if (typeof value === "number" && value < (schema.minimum ?? -Infinity)) return `${schema.minimum} or more`;
  if (typeof value === "number" && value > (schema.maximum ?? Infinity)) return `${schema.maximum} or less`;
  return undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
};

function isOf(value: unknown, type: string): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  return type === "object" ? typeof value === "object" && value !== null && !Array.isArray(value) : typeof value === type;
}

const patterns = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source);
  patterns.set(source, known);
  return known;
}
