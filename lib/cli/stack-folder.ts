import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { Inventory, type TerraformJson } from "../facts/inventory";
import { InputError } from "../files/input-error";
import { readJsonFile } from "../files/read-json-file";
import { MANIFEST_FILE } from "../report/manifest-file";
import { readManifest } from "../report/read-manifests";
import type { Manifest } from "../report/manifest";
import { nearest } from "../spec/check";

const TERRAFORM_FILE = "cdk.tf.json";

/** Largest Terraform of a stack that is read; 31,000 resources need about a third of it. */
const MAX_BYTES = 200_000_000;

const SYNTH = "run cdktf synth first, or give the folder that it wrote";

/** A stack as it was synthesized. */
export interface StackFolder {
  readonly name: string;
  readonly directory: string;
}

/**
 * The stacks in a folder: in `cdktf.out`, in a project that has one, or the folder of one stack.
 * @throws InputError when there is none, or none of the name.
 */
export function stacksIn(path: string, name?: string): readonly StackFolder[] {
  const stacks = foldersIn(path).map((directory) => ({ name: basename(directory), directory }));
  if (stacks.length === 0)
    throw new InputError(path, existsSync(path) ? "a folder without stacks" : "no such folder", "the output of a synth", SYNTH);
  if (name === undefined) return stacks;
  const found = stacks.filter((stack) => stack.name === name);
  const names = stacks.map((stack) => stack.name);
  if (found.length === 0)
    throw new InputError(path, `no stack ${JSON.stringify(name)}`, `one of ${names.join(", ")}`, nearest(name, names));
  return found;
}

function foldersIn(path: string): readonly string[] {
  if (existsSync(join(path, TERRAFORM_FILE))) return [path];
  const stacks = [join(path, "stacks"), join(path, "cdktf.out", "stacks")].find((folder) => existsSync(folder));
  if (stacks === undefined) return [];
  const folders = readdirSync(stacks)
    .sort()
    .map((name) => join(stacks, name));
  return folders.filter((folder) => existsSync(join(folder, TERRAFORM_FILE)));
}

/** The Terraform of a stack. @throws InputError when it is broken. */
export function inventoryOf({ directory }: StackFolder): Inventory {
  const file = join(directory, TERRAFORM_FILE);
  const json = readJsonFile(file, { maxBytes: MAX_BYTES, what: "the Terraform of a stack", fix: SYNTH });
  if (!isTables((json as TerraformJson | null)?.resource ?? {}))
    throw new InputError(file, "JSON that is no Terraform", "the Terraform of a stack", SYNTH);
  return new Inventory(json as TerraformJson);
}

/** What the stack says of itself; undefined when it is not governed. @throws Error when it is broken. */
export function tryManifest({ directory }: StackFolder): Manifest | undefined {
  const file = join(directory, MANIFEST_FILE);
  return existsSync(file) ? readManifest(file) : undefined;
}

function isTables(value: unknown): boolean {
  const isObject = (one: unknown) => typeof one === "object" && one !== null && !Array.isArray(one);
  return (
    isObject(value) && Object.values(value as object).every((table) => isObject(table) && Object.values(table as object).every(isObject))
  );
}
