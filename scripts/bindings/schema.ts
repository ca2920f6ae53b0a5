interface Attribute {
  readonly type?: unknown;
  readonly description?: unknown;
  readonly [key: string]: unknown;
}

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block; readonly [key: string]: unknown }>>;
}

type Types = Readonly<Record<string, { readonly block: Block; readonly version?: number }>>;

interface ProviderSchema {
  readonly provider: { readonly block: Block };
  readonly resource_schemas: Types;
  readonly data_source_schemas: Types;
}

/** The output of `terraform providers schema -json`, with the versions of the providers. */
export interface SchemaFile {
  readonly format_version: string;
  readonly provider_versions: Readonly<Record<string, string>>;
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
}

const OCI = "registry.terraform.io/oracle/oci";
const GROUPS = ["resource_schemas", "data_source_schemas"] as const;
/** What the generator and the checks need of an attribute or block. */
const KEPT = [
  "type",
  "nested_type",
  "nesting_mode",
  "min_items",
  "max_items",
  "required",
  "optional",
  "computed",
  "sensitive",
  "deprecated",
];

/** The types of `before`, and those in `added` (data sources as `data.<type>`), as `newer` describes them. */
export function takeOver(before: SchemaFile, newer: SchemaFile, added: readonly string[]): SchemaFile {
  const source = newer.provider_schemas[OCI];
  const version = newer.provider_versions?.[OCI];
  if (source === undefined) throw new Error(`the file holds no schema of ${OCI}`);
  if (version === undefined) throw new Error(`the file does not say its version: add {"provider_versions": {"${OCI}": "<version>"}}`);
  const own = before.provider_schemas[OCI] as ProviderSchema;
  const pick = (group: (typeof GROUPS)[number], names: readonly string[]): Types =>
    Object.fromEntries(
      [...new Set(names)].sort().map((name) => {
        const type = source[group][name];
        if (type === undefined) throw new Error(`${newer.provider_versions[OCI]} has no ${name} any more`);
        return [name, { block: slim(type.block), version: type.version }];
      }),
    );
  const data = added.filter((name) => name.startsWith("data.")).map((name) => name.slice("data.".length));
  return {
    format_version: newer.format_version,
    provider_versions: { [OCI]: version },
    provider_schemas: {
      [OCI]: {
        provider: { block: slim(source.provider.block) },
        resource_schemas: pick("resource_schemas", [
          ...Object.keys(own.resource_schemas),
          ...added.filter((name) => !name.startsWith("data.")),
        ]),
        data_source_schemas: pick("data_source_schemas", [...Object.keys(own.data_source_schemas), ...data]),
      },
    },
  };
}

function slim(block: Block): Block {
  const keep = (value: Attribute) => Object.fromEntries(Object.entries(value).filter(([key]) => KEPT.includes(key)));
  return {
    attributes: Object.fromEntries(Object.entries(block.attributes ?? {}).map(([name, attribute]) => [name, keep(attribute)])),
    block_types: Object.fromEntries(
      Object.entries(block.block_types ?? {}).map(([name, type]) => [name, { ...keep(type), block: slim(type.block) }]),
    ),
  };
}

/** What differs, one line each: types and attributes that came, went, or are another thing now. */
export function schemaChanges(before: SchemaFile, after: SchemaFile): readonly string[] {
  const old = flatten(before);
  const now = flatten(after);
  const all = [...new Set([...old.keys(), ...now.keys()])].sort();
  return all.flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === is) return [];
    if (was === undefined) return [`+ ${name} ${is}`];
    return is === undefined ? [`- ${name}`] : [`~ ${name}: ${was} -> ${is}`];
  });
}

/** Every type, block and attribute by its dotted name, with what it is. */
function flatten(file: SchemaFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (block: Block, at: string): void => {
    for (const [name, attribute] of Object.entries(block.attributes ?? {})) found.set(`${at}.${name}`, describe(attribute));
    for (const [name, { block: inner, ...rest }] of Object.entries(block.block_types ?? {})) {
      found.set(`${at}.${name}`, describe(rest));
      visit(inner, `${at}.${name}`);
    }
  };
  for (const [provider, schema] of Object.entries(file.provider_schemas)) {
    found.set("version", file.provider_versions[provider] ?? "");
    visit(schema.provider.block, "provider");
    for (const group of GROUPS) {
      for (const [type, { block }] of Object.entries(schema[group])) {
        const name = group === "resource_schemas" ? type : `data.${type}`;
        found.set(name, "type");
        visit(block, name);
      }
    }
  }
  return found;
}

function describe(attribute: Attribute): string {
  const words = KEPT.filter((key) => attribute[key] === true);
  const kind = attribute.type ?? attribute.nested_type ?? attribute.nesting_mode;
  const counts = ["min_items", "max_items"].flatMap((key) => (attribute[key] === undefined ? [] : [`${key} ${String(attribute[key])}`]));
  return [JSON.stringify(kind), ...counts, ...words].join(" ");
}
