import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { mismatch, type Mismatch, type Schema } from "./json-shape";
import { MANIFEST_FILE } from "./manifest-file";
import { MANIFEST_VERSION, type Manifest } from "./manifest";
import schema from "./manifest.schema.json";

/** A manifest as found on disk. */
export interface FoundManifest {
  readonly manifest: Manifest;
  /** Folder with the stack's Terraform. */
  readonly directory: string;
}

/** Largest manifest that is read: more than twice what 31,000 resources with all sections make. */
export const MAX_MANIFEST_MIB = 128;

/**
 * The manifests of all governed stacks in a synth output folder such as `cdktf.out`, by stack name.
 * @throws Error naming the file when a manifest is no JSON, of another version, or not what the manifest's schema says.
 */
export function readManifests(outdir: string): readonly FoundManifest[] {
  const stacks = join(outdir, "stacks");
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks)
    .sort()
    .map((name) => join(stacks, name))
    .filter((directory) => existsSync(join(directory, MANIFEST_FILE)))
    .map((directory) => ({ directory, manifest: readManifest(join(directory, MANIFEST_FILE)) }));
}

/**
 * Reads one manifest.
 * @throws Error naming the file when it cannot be read, is no JSON, of another version, or not what the manifest's schema says.
 */
export function readManifest(file: string): Manifest {
  const manifest = parse(file) as Manifest | null;
  if (manifest?.manifestVersion !== MANIFEST_VERSION) {
    const got = manifest?.manifestVersion === undefined ? "no manifest version" : `manifest version ${shown(manifest.manifestVersion)}`;
    throw new Error(`${file}: got ${got}, want ${MANIFEST_VERSION}; run the synth again with this version of the library`);
  }
  const wrong = mismatch(manifest, schema as Schema, schema as Schema);
  if (wrong !== undefined) throw new Error(`${file}: ${described(wrong)}; run the synth again`);
  return manifest;
}

function parse(file: string): unknown {
  const mebibytes = statSync(file).size / 2 ** 20;
  if (mebibytes > MAX_MANIFEST_MIB) {
    throw new Error(
      `${file}: got ${Math.ceil(mebibytes)} MiB, want at most ${MAX_MANIFEST_MIB} MiB; this is no manifest: run the synth again`,
    );
  }
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch {
    const end = text.trimEnd().slice(-1);
    const what = text.startsWith("{") && end !== "}" ? "the JSON ends in the middle" : "this is no JSON";
    throw new Error(`${file}: ${what}; run the synth again`);
  }
}

function described({ at, want, got }: Mismatch): string {
  return `${at === "" ? "the manifest" : at}: got ${shown(got)}, want ${want}`;
}

const SHOWN = 60;

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
