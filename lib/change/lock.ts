import { existsSync } from "node:fs";
import { InputError } from "../files/input-error";
import { readJsonFile } from "../files/read-json-file";
import { writeFileAtomically } from "../files/write-file-atomically";
import { byAddress, type StatefulResource } from "./stateful";

/** Version of the lock file's shape; it rises with every change that a reader could notice. */
export const LOCK_VERSION = 1;

/** Usual name of the lock file, beside `cdktf.json`. */
export const LOCK_FILE = "stateful.lock.json";

const MAX_BYTES = 32_000_000;

const RESTORE = "restore it from version control; delete it only when nothing is deployed yet";

/** What holds data in an app, by stack, as it was when somebody last agreed to it. It is committed with the code. */
export interface StatefulLock {
  readonly lockVersion: typeof LOCK_VERSION;
  readonly stacks: Readonly<Record<string, readonly StatefulResource[]>>;
}

/** The lock of an app that has nothing yet. */
export const EMPTY_LOCK: StatefulLock = { lockVersion: LOCK_VERSION, stacks: {} };

/**
 * Reads a lock file; a file that is not there is an empty lock.
 * @throws InputError when it is broken, or of another version.
 */
export function readLock(file: string): StatefulLock {
  if (!existsSync(file)) return EMPTY_LOCK;
  const json = readJsonFile(file, { maxBytes: MAX_BYTES, what: "a lock file of stateful resources", fix: RESTORE });
  return checked(json, file);
}

/** Writes a lock file in one step, the same bytes for the same content, and only when they differ. Returns whether it was written. */
export function writeLock(file: string, lock: StatefulLock): boolean {
  if (existsSync(file) && lockText(readLock(file)) === lockText(lock)) return false;
  writeFileAtomically(file, lockText(lock));
  return true;
}

/** The lock with what a stack holds now. */
export function withStack(lock: StatefulLock, stack: string, resources: readonly StatefulResource[]): StatefulLock {
  const others = Object.fromEntries(Object.entries(lock.stacks).filter(([name]) => name !== stack));
  return { ...lock, stacks: resources.length === 0 ? others : { ...others, [stack]: resources } };
}

/** Text of a lock file: stacks, addresses and keys in order, so that a merge shows what really changed. */
export function lockText({ lockVersion, stacks }: StatefulLock): string {
  const sorted = Object.keys(stacks)
    .sort()
    .map((stack) => [stack, [...(stacks[stack] ?? [])].sort(byAddress).map(inOrder)]);
  return `${JSON.stringify({ lockVersion, stacks: Object.fromEntries(sorted) as object }, undefined, 2)}\n`;
}

function inOrder({ address, type, path, properties }: StatefulResource): StatefulResource {
  return { address, type, path, properties: sortKeys(properties) as StatefulResource["properties"] };
}

/** A JSON value with the keys of its objects in order. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sortKeys(child)]));
}

function checked(json: unknown, file: string): StatefulLock {
  const refuse = (got: string, want: string, fix = RESTORE): never => {
    throw new InputError(file, got, want, fix);
  };
  if (!isObject(json)) return refuse("JSON that is no object", "a lock file of stateful resources");
  const { lockVersion, stacks } = json as Partial<Record<keyof StatefulLock, unknown>>;
  if (lockVersion !== LOCK_VERSION) {
    const newer = typeof lockVersion === "number" && lockVersion > LOCK_VERSION;
    const fix = newer ? "use the version of the library that wrote it, or a newer one" : undefined;
    return refuse(`lockVersion ${JSON.stringify(lockVersion) ?? "missing"}`, `lockVersion ${LOCK_VERSION}`, fix);
  }
  if (!isObject(stacks)) return refuse("no stacks", "stacks by name");
  for (const [stack, resources] of Object.entries(stacks)) {
    if (!Array.isArray(resources)) return refuse(`${stack} that is no list`, "a list of resources for each stack");
    const wrong = resources.findIndex((resource) => !isResource(resource));
    if (wrong !== -1) return refuse(`entry ${wrong + 1} of ${stack} is incomplete`, "address, type, path and properties");
  }
  return json as unknown as StatefulLock;
}

function isResource(value: unknown): value is StatefulResource {
  if (!isObject(value)) return false;
  const { address, type, path, properties } = value;
  return [address, type, path].every((text) => typeof text === "string" && text !== "") && isObject(properties);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
