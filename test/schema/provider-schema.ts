import { readFileSync } from "node:fs";
import { join } from "node:path";
import { providerName } from "../../lib/facts/inventory";

/** A type as Terraform writes it: `"string"`, or `["list", "string"]`, or `["object", { ... }]`. */
type Type = string | readonly [string, Type | Readonly<Record<string, Type>>];

interface Attribute {
  readonly type?: Type;
  readonly nested_type?: { readonly nesting_mode: string; readonly attributes: Readonly<Record<string, Attribute>> };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly deprecated?: boolean;
}

interface BlockType {
  readonly nesting_mode: "single" | "list" | "set" | "map";
  readonly block: Block;
  readonly min_items?: number;
  readonly max_items?: number;
}

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, BlockType>>;
}

type Schemas = Readonly<Record<string, { readonly block: Block }>>;

interface ProviderSchema {
  readonly provider: { readonly block: Block };
  readonly resource_schemas: Schemas;
  readonly data_source_schemas: Schemas;
}

type Json = Readonly<Record<string, unknown>>;

/** What Terraform itself allows in every resource, data source and provider. */
const META = new Set(["//", "count", "depends_on", "dynamic", "for_each", "lifecycle", "provider", "provisioner", "connection", "alias"]);

/** Providers whose real schema is in the repository. */
export const SCHEMA_PROVIDERS = ["digitalocean", "oci", "cloudflare", "github"] as const;

const loaded = new Map<string, ProviderSchema>();

/** The real provider's schema; see `schemas/README.md`. */
export function providerSchema(provider: string): ProviderSchema | undefined {
  if (!(SCHEMA_PROVIDERS as readonly string[]).includes(provider)) return undefined;
  const known = loaded.get(provider);
  if (known !== undefined) return known;
  const file = join(__dirname, "../../schemas", `${provider}.json`);
  const { provider_schemas } = JSON.parse(readFileSync(file, "utf8")) as { provider_schemas: Record<string, ProviderSchema> };
  const [schema] = Object.values(provider_schemas);
  loaded.set(provider, schema as ProviderSchema);
  return schema;
}

/** What the real providers' schemas refuse of a stack's Terraform JSON; providers without a schema here are passed over. */
export function schemaProblems(json: Json): string[] {
  return [
    ...blocksProblems(json.resource as Json, "", "resource_schemas"),
    ...blocksProblems(json.data as Json, "data.", "data_source_schemas"),
  ];
}

function blocksProblems(types: Json | undefined, prefix: string, group: "resource_schemas" | "data_source_schemas"): string[] {
  return Object.entries(types ?? {}).flatMap(([type, instances]) => {
    const schema = providerSchema(providerName(type));
    if (schema === undefined) return [];
    const known = schema[group][type];
    if (known === undefined) return [`${prefix}${type}: the provider has no such type, or schemas/ does not hold it`];
    return Object.entries(instances as Json).flatMap(([id, body]) => blockProblems(body as Json, known.block, `${prefix}${type}.${id}`));
  });
}

function blockProblems(body: Json, block: Block, at: string): string[] {
  return [
    ...Object.keys(body)
      .filter((key) => !META.has(key) && block.attributes?.[key] === undefined && block.block_types?.[key] === undefined)
      .map((key) => `${at}.${key}: no such attribute or block`),
    ...attributesProblems(body, block.attributes ?? {}, at),
    ...Object.entries(block.block_types ?? {}).flatMap(([name, type]) => nestedProblems(body, name, type, at)),
  ];
}

function attributesProblems(body: Json, attributes: Readonly<Record<string, Attribute>>, at: string): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const value = body[name];
    const place = `${at}.${name}`;
    if (value === undefined || value === null) return attribute.required ? [`${place}: required, and missing`] : [];
    if (!attribute.required && !attribute.optional) return [`${place}: set by the provider, never by us`];
    if (attribute.nested_type !== undefined) return nestedTypeProblems(value, attribute.nested_type, place);
    return typeProblems(value, attribute.type as Type, place);
  });
}

/** Whether the text stands for a value of any type, known after apply. */
const isReference = (value: unknown): boolean => typeof value === "string" && /^\$\{[\s\S]*\}$/.test(value);

function nestedTypeProblems(value: unknown, nested: NonNullable<Attribute["nested_type"]>, at: string): string[] {
  if (isReference(value)) return [];
  const one = (body: unknown, place: string) =>
    isObject(body)
      ? [...unknownKeys(body, nested.attributes, place), ...attributesProblems(body, nested.attributes, place)]
      : [`${place}: want an object`];
  if (nested.nesting_mode === "single") return one(value, at);
  if (nested.nesting_mode === "map") {
    return isObject(value) ? Object.entries(value).flatMap(([key, body]) => one(body, `${at}.${key}`)) : [`${at}: want a map`];
  }
  return Array.isArray(value) ? value.flatMap((body, index) => one(body, `${at}[${index}]`)) : [`${at}: want a list`];
}

function unknownKeys(body: Json, known: Readonly<Record<string, unknown>>, at: string): string[] {
  return Object.keys(body)
    .filter((key) => !(key in known))
    .map((key) => `${at}.${key}: no such attribute`);
}

function nestedProblems(body: Json, name: string, type: BlockType, at: string): string[] {
  const value = body[name];
  const place = `${at}.${name}`;
  const dynamic = (body.dynamic as Json | undefined)?.[name];
  if (value === undefined || value === null) {
    return (type.min_items ?? 0) > 0 && dynamic === undefined
      ? [`${place}: ${type.min_items} or more of this block, and there is none`]
      : [];
  }
  if (isReference(value)) return [];
  const blocks = (Array.isArray(value) ? value : [value]) as unknown[];
  const most = type.nesting_mode === "single" ? 1 : type.max_items;
  return [
    ...(blocks.length < (type.min_items ?? 0) ? [`${place}: ${type.min_items} or more of this block, got ${blocks.length}`] : []),
    ...(most !== undefined && blocks.length > most ? [`${place}: ${most} at most of this block, got ${blocks.length}`] : []),
    ...blocks.flatMap((one, index) => {
      const where = blocks.length > 1 ? `${place}[${index}]` : place;
      return isObject(one) ? blockProblems(one, type.block, where) : [`${where}: want a block`];
    }),
  ];
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typeProblems(value: unknown, type: Type, at: string): string[] {
  if (isReference(value) || type === "dynamic" || value === null) return [];
  if (typeof type === "string") return scalarProblems(value, type, at);
  const [kind, inner] = type;
  if (kind === "list" || kind === "set") {
    return Array.isArray(value)
      ? value.flatMap((one, index) => typeProblems(one, inner as Type, `${at}[${index}]`))
      : [`${at}: want a list`];
  }
  if (!isObject(value)) return [`${at}: want ${kind === "map" ? "a map" : "an object"}`];
  if (kind === "map") return Object.entries(value).flatMap(([key, one]) => typeProblems(one, inner as Type, `${at}.${key}`));
  const fields = inner as Readonly<Record<string, Type>>;
  return [
    ...unknownKeys(value, fields, at),
    ...Object.entries(fields).flatMap(([key, field]) => typeProblems(value[key] ?? null, field, `${at}.${key}`)),
  ];
}

/** Terraform turns numbers and truth values into text by itself; text with a reference inside is text. */
function scalarProblems(value: unknown, type: string, at: string): string[] {
  const fits = type === "string" ? ["string", "number", "boolean"] : [type === "bool" ? "boolean" : type];
  return fits.includes(typeof value) ? [] : [`${at}: want ${type}, got ${JSON.stringify(value)}`];
}
