import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformFileSync } from "@swc/core";

const ROOT = join(__dirname, "..");
const COMPILED = join(ROOT, ".real", "bench");
let ready = false;

/** Runs a script of this folder in a fresh, plain Node, from the repository's root, and returns the numbers that it prints. */
export function measure<T>(script: string, args: readonly (string | number)[]): T {
  if (!ready) compile();
  const child = spawnSync(process.execPath, [join(COMPILED, `${script}.js`), ...args.map(String)], { cwd: ROOT, encoding: "utf8" });
  if (child.status !== 0) throw new Error(`${script} ${args.join(" ")} failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as T;
}

/** Compiled beforehand, because a loader in the measured process would add to its time and memory. */
function compile(): void {
  rmSync(COMPILED, { recursive: true, force: true });
  const options = { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } } as const;
  for (const file of readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))) {
    const target = join(COMPILED, file.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, transformFileSync(join(__dirname, file), options).code);
  }
  ready = true;
}

/** The middle of the sorted values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}
