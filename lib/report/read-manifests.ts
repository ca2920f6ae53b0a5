import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MANIFEST_FILE } from "./manifest-file";
import { MANIFEST_VERSION, type Manifest } from "./manifest";

/** A manifest as found on disk. */
export interface FoundManifest {
  readonly manifest: Manifest;
  /** Folder with the stack's Terraform. */
  readonly directory: string;
}

/**
 * The manifests of all governed stacks in a synth output folder such as `cdktf.out`, by stack name.
 * @throws Error naming the file when a manifest is no JSON or of another version.
 */
export function readManifests(outdir: string): readonly FoundManifest[] {
  const stacks = join(outdir, "stacks");
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks)
    .sort()
    .map((name) => join(stacks, name))
    .filter((directory) => existsSync(join(directory, MANIFEST_FILE)))
    .map((directory) => ({ directory, manifest: parse(join(directory, MANIFEST_FILE)) }));
}

function parse(file: string): Manifest {
  const text = readFileSync(file, "utf8");
  let manifest: Manifest;
  try {
    manifest = JSON.parse(text) as Manifest;
  } catch {
    throw new Error(`${file}: this is no JSON; run the synth again`);
  }
  if (manifest.manifestVersion === MANIFEST_VERSION) return manifest;
  throw new Error(
    `${file}: got manifest version ${String(manifest.manifestVersion)}, want ${MANIFEST_VERSION}; run the synth again with this version of the library`,
  );
}
