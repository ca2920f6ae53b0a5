import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import type { Check } from "../../spec/check";
import type { ScriptSpec } from "../../spec/serverless-agent";

/** Largest Worker, not compressed. Source: https://developers.cloudflare.com/workers/platform/limits/ (Worker size), read 2026-11-21. */
const MAX_MIB = 64;

const WANT = `the path of one bundled ES module (.js or .mjs) of at most ${MAX_MIB} MiB`;

/** What a script that was read says about itself. */
export interface ReadScript {
  readonly spec: ScriptSpec;
  /** Absolute path. */
  readonly path: string;
  readonly exports: ReadonlySet<string>;
}

/** The part of es-module-lexer that is used here: its types are an ES module, which this library is not. */
interface Lexer {
  initSync(): void;
  parse(source: string): readonly [imports: readonly { readonly n?: string }[], exports: readonly { readonly n: string }[]];
}

let lexer: Lexer | undefined;

/** Loaded with the first script: whoever has none does not pay for it. */
function parse(source: string): ReturnType<Lexer["parse"]> {
  if (lexer === undefined) {
    lexer = require("es-module-lexer") as Lexer;
    lexer.initSync();
  }
  return lexer.parse(source);
}

/**
 * Reads the file that the user built; problems are named `prop`. It has to be an ES module with a default export, in one file: what it
 * imports can only come from the runtime.
 */
export function readScript<P extends object>(check: Check<P>, prop: string, file: unknown, nodejs: boolean): ReadScript | undefined {
  if (typeof file !== "string" || ![".js", ".mjs"].includes(extname(file))) {
    check.issue(prop, file, WANT);
    return undefined;
  }
  const path = resolve(file);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) {
    check.issue(prop, file, "a file that is there", "build the script before the stack is synthesized");
    return undefined;
  }
  if (size > MAX_MIB * 1024 * 1024) {
    check.issue(prop, file, `a file of at most ${MAX_MIB} MiB (Cloudflare Workers limit); it has ${(size / 1024 / 1024).toFixed(1)} MiB`);
    return undefined;
  }
  const content = readFileSync(path);
  const exports = exportsOf(check, prop, file, content.toString(), nodejs);
  if (exports === undefined) return undefined;
  return { spec: { file: basename(path), sha256: createHash("sha256").update(content).digest("hex") }, path, exports };
}

function exportsOf<P extends object>(
  check: Check<P>,
  prop: string,
  file: string,
  source: string,
  nodejs: boolean,
): ReadonlySet<string> | undefined {
  let parsed;
  try {
    parsed = parse(source);
  } catch (error) {
    check.issue(prop, file, `an ES module: ${String((error as Error).message).split("\n")[0]}`);
    return undefined;
  }
  const [imports, found] = parsed;
  const exports = new Set(found.map(({ n }) => n));
  if (!exports.has("default")) {
    const syntax = /\baddEventListener\s*\(/.test(source) ? "it has the older service worker syntax" : "it has none";
    check.issue(prop, file, `a module with a default export; ${syntax}`, "write export default { fetch(request, env) { ... } }");
  }
  for (const name of new Set(imports.flatMap(({ n }) => (n === undefined ? [] : [n])))) {
    if (name.startsWith("cloudflare:") || (nodejs && name.startsWith("node:"))) continue;
    const fix = name.startsWith("node:")
      ? 'give compatibilityFlags: ["nodejs_compat"]'
      : "bundle it, for example with esbuild --bundle --format=esm";
    check.issue(prop, file, `a script that imports nothing that the runtime does not have; it imports "${name}"`, fix);
  }
  return exports;
}
