import { join } from "node:path";
import type { Manifest } from "./manifest";
import { writeFileAtomically } from "../files/write-file-atomically";

/** Name of the manifest beside a stack's `cdk.tf.json`. */
export const MANIFEST_FILE = "governance.json";

/** Writes the manifest in one step, so that a reader never sees half of it. */
export function writeManifest(directory: string, manifest: Manifest): string {
  const file = join(directory, MANIFEST_FILE);
  writeFileAtomically(file, `${manifestText(manifest)}\n`);
  return file;
}

/** The manifest as JSON with one line for each element of a list: short enough for thousands of resources, and a difference shows what changed. */
export function manifestText(manifest: Manifest): string {
  return membersText(manifest, "", 2);
}

function membersText(members: object, indent: string, depth: number): string {
  const inner = `${indent}  `;
  const lines = Object.entries(members).flatMap(([key, value]) =>
    value === undefined ? [] : [`${inner}${JSON.stringify(key)}: ${memberText(value, inner, depth - 1)}`],
  );
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}

function memberText(value: unknown, indent: string, depth: number): string {
  if (Array.isArray(value) && value.length > 0) {
    return `[\n${value.map((one) => `${indent}  ${JSON.stringify(one)}`).join(",\n")}\n${indent}]`;
  }
  const open = typeof value === "object" && value !== null && !Array.isArray(value) && depth > 0;
  return open ? membersText(value, indent, depth) : JSON.stringify(value);
}
