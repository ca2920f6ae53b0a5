/** One resource, data source or provider block of Terraform's JSON syntax. */
export type Block = Record<string, unknown>;

/** The parts of a stack's `cdk.tf.json` that the checks read or rewrite. */
export interface TerraformJson {
  terraform?: { required_providers?: Record<string, { source: string; version: string }>; backend?: Record<string, Block> };
  provider?: Record<string, Block[]>;
  resource?: Record<string, Record<string, Block>>;
  data?: Record<string, Record<string, Block>>;
  output?: Record<string, Block>;
  [section: string]: unknown;
}

export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly address: string;
  readonly body: Block;
}

export function resourcesOf(json: TerraformJson): Resource[] {
  return Object.entries(json.resource ?? {}).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, body]) => ({ type, name, address: `${type}.${name}`, body })),
  );
}
