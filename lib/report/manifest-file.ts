import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "./manifest";

/** Name of the manifest beside a stack's `cdk.tf.json`. */
export const MANIFEST_FILE = "governance.json";

/** Writes the manifest in one step, so that a reader never sees half of it. */
export function writeManifest(directory: string, manifest: Manifest): string {
  const file = join(directory, MANIFEST_FILE);
  writeFileSync(`${file}.tmp`, `${JSON.stringify(manifest, undefined, 2)}\n`);
  renameSync(`${file}.tmp`, file);
  return file;
}
