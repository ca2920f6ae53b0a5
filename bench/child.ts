import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { transformFileSync } from "@swc/core";

const ROOT = join(__dirname, "..");

/** Runs a script of this folder in a fresh, plain Node and returns the numbers that it prints. */
export function measure<T>(script: string, args: readonly (string | number)[]): T {
  const child = spawnSync(process.execPath, ["-e", compile(script), "--", ...args.map(String)], { cwd: ROOT, encoding: "utf8" });
  if (child.status !== 0) throw new Error(`${script} ${args.join(" ")} failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as T;
}

const compiled = new Map<string, string>();

/** Compiled here, because a loader in the measured process would add to its time and memory. */
function compile(script: string): string {
  const known = compiled.get(script);
  if (known !== undefined) return known;
  const options = { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } } as const;
  const { code } = transformFileSync(join(__dirname, script), options);
  compiled.set(script, code);
  return code;
}

/** The middle of the sorted values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}
