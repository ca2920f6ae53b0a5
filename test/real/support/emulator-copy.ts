import * as path from "node:path";
import { EMULATOR_GAPS, FORGOTTEN_ATTRIBUTES } from "./emulator-gaps";
import { withoutProtection } from "./protection";
import { withMirroredVersions } from "./terraform";
import type { Block, TerraformJson } from "./terraform-json";
import { resourcesOf } from "./terraform-json";

/** For the emulator only: no questions to the real AWS, path-style buckets, and few retries so that a gap shows at once. */
const PROVIDER_SETTINGS: Block = {
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  s3_use_path_style: true,
  max_retries: 2,
};

export interface ApplicableCopy {
  readonly json: TerraformJson;
  /** One line per thing that is not applied, with the reason. */
  readonly left: readonly string[];
}

/** The stack as it is planned against the emulator: complete, only versions and provider settings differ. */
export function plannableCopy(json: TerraformJson, mirror: string): TerraformJson {
  const copy = withMirroredVersions(json, mirror);
  const aws = copy.provider?.aws?.map((settings) => ({ ...settings, ...PROVIDER_SETTINGS }));
  return { ...copy, provider: { ...copy.provider, ...(aws ? { aws } : {}) } };
}

/** The stack as it is applied: without what the emulator lacks, with its state in a folder of the run. */
export function applicableCopy(json: TerraformJson, options: { mirror: string; stateFolder: string; unprotect: boolean }): ApplicableCopy {
  const copy = withStateIn(options.stateFolder, plannableCopy(json, options.mirror));
  const gaps = resourcesOf(copy).flatMap((one) => {
    const gap = EMULATOR_GAPS.find(({ type, only }) => type === one.type && (only?.(one.body) ?? true));
    return gap ? [{ address: one.address, line: `${one.address}: ${gap.reason}` }] : [];
  });
  const removed = new Set(gaps.map(({ address }) => address));
  const left = gaps.map(({ line }) => line);
  const resource: Record<string, Record<string, Block>> = {};
  for (const { type, name, address, body } of resourcesOf(copy)) {
    if (removed.has(address)) continue;
    const kept = withDependenciesOn(body, removed);
    refuseReferences(address, kept, removed);
    (resource[type] ??= {})[name] = adapted(type, options.unprotect ? withoutProtection(type, kept) : kept, (line) =>
      left.push(`${address}${line}`),
    );
  }
  const outputs = outputsWithout(copy.output ?? {}, removed, left);
  return { json: { ...copy, resource: nonEmpty(resource), output: nonEmpty(outputs) }, left };
}

/** Terraform refuses a section without an entry. */
function nonEmpty<T extends object>(section: T): T | undefined {
  return Object.keys(section).length > 0 ? section : undefined;
}

/** The resource with what the emulator forgets taken out of the comparison. */
function adapted(type: string, body: Block, note: (line: string) => void): Block {
  const forgotten = FORGOTTEN_ATTRIBUTES.filter((one) => one.type === type);
  const lifecycle = (body.lifecycle ?? {}) as { ignore_changes?: string[] | "all" };
  if (forgotten.length === 0 || lifecycle.ignore_changes === "all") return body;
  forgotten.forEach(({ attribute, reason }) => note(`.${attribute} not compared: ${reason}`));
  const ignored = [...(lifecycle.ignore_changes ?? []), ...forgotten.map(({ attribute }) => attribute)];
  return { ...body, lifecycle: { ...lifecycle, ignore_changes: ignored } };
}

function withDependenciesOn(body: Block, removed: ReadonlySet<string>): Block {
  if (!Array.isArray(body.depends_on)) return body;
  return { ...body, depends_on: (body.depends_on as string[]).filter((address) => !removed.has(address)) };
}

/** A resource that needs one that is left out has to be left out by name, not by surprise. */
function refuseReferences(address: string, body: Block, removed: ReadonlySet<string>): void {
  const found = [...removed].find((gone) => refersTo(body, gone));
  if (found) throw new Error(`${address} refers to ${found}, which the emulator lacks: list its type in EMULATOR_GAPS too`);
}

function outputsWithout(outputs: Record<string, Block>, removed: ReadonlySet<string>, left: string[]): Record<string, Block> {
  const kept = Object.entries(outputs).filter(([name, output]) => {
    const gone = [...removed].find((address) => refersTo(output, address));
    if (gone) left.push(`output ${name}: needs ${gone}`);
    return !gone;
  });
  return Object.fromEntries(kept);
}

function refersTo(body: Block, address: string): boolean {
  return new RegExp(`\\b${address.replace(".", "\\.")}(?![\\w-])`).test(JSON.stringify(body));
}

/** Local state, and what other stacks read of it, in the run's folder instead of the current one. */
function withStateIn(folder: string, json: TerraformJson): TerraformJson {
  const moved = (settings: Block | undefined) =>
    settings?.path ? { ...settings, path: path.join(folder, path.basename(String(settings.path))) } : settings;
  const local = moved(json.terraform?.backend?.local);
  const remote = Object.entries(json.data?.terraform_remote_state ?? {}).map(([name, body]) => [
    name,
    { ...body, config: moved(body.config as Block) },
  ]);
  return {
    ...json,
    terraform: { ...json.terraform, ...(local ? { backend: { local } } : {}) },
    ...(remote.length > 0 ? { data: { ...json.data, terraform_remote_state: Object.fromEntries(remote) as Record<string, Block> } } : {}),
  };
}
