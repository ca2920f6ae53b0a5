import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT, WORK } from "./paths";
import { expectSuccess, runSync } from "./run";
import type { TerraformJson } from "./terraform-json";

export interface App {
  readonly name: string;
  readonly main: string;
}

export interface Stack {
  readonly app: App;
  readonly name: string;
  /** Folder of the stack's `cdk.tf.json`, as the engine wrote it. */
  readonly folder: string;
  readonly json: TerraformJson;
}

export interface SynthesizedApp {
  readonly app: App;
  readonly stacks: readonly Stack[];
  /** Why the app could not be synthesized. */
  readonly error?: Error;
}

/** Runs an app's program the way `cdktf synth` does. */
export const APP_COMMAND = ["-r", "@swc-node/register"] as const;

/** Every cdktf program of the repository: found, not listed, so that a new example is checked without a word here. `REAL_APPS` narrows it by name. */
export function discoverApps(): App[] {
  const examples = path.join(ROOT, "examples");
  const folders = fs.existsSync(examples) ? fs.readdirSync(examples).sort() : [];
  const apps = [
    { name: "stacks", main: path.join(ROOT, "stacks", "main.ts") },
    ...folders.map((name) => ({ name, main: path.join(examples, name, "main.ts") })),
    ...extraApps(),
  ];
  const only = process.env.REAL_APPS?.split(",");
  return apps.filter((app) => fs.existsSync(app.main) && (only?.includes(app.name) ?? true));
}

/** All apps with their output. Each process of a test run synthesizes each app once; later suites in it read the same output. */
export function synthesizedApps(): SynthesizedApp[] {
  return discoverApps().map((app) => {
    try {
      return { app, stacks: readStacks(app, synthesizeOnce(app)) };
    } catch (error) {
      return { app, stacks: [], error: error as Error };
    }
  });
}

/** Registers one `describe` per app and calls `each` for every stack; an app that does not synthesize is one failing test. */
export function describeStacks(each: (stack: Stack) => void): void {
  const apps = synthesizedApps();
  test("finds at least one app", () => expect(apps.length).toBeGreaterThan(0));
  for (const { app, stacks, error } of apps) {
    describe(`app ${app.name}`, () => {
      test("synthesizes", () => {
        if (error) throw error;
        expect(stacks.length).toBeGreaterThan(0);
      });
      stacks.forEach(each);
    });
  }
}

export function readStacks(app: App, outdir: string): Stack[] {
  const manifest = JSON.parse(fs.readFileSync(path.join(outdir, "manifest.json"), "utf8")) as { stacks: Record<string, ManifestStack> };
  return Object.values(manifest.stacks).map(({ name, synthesizedStackPath }) => {
    const file = path.join(outdir, synthesizedStackPath);
    return { app, name, folder: path.dirname(file), json: JSON.parse(fs.readFileSync(file, "utf8")) as TerraformJson };
  });
}

/** Files that a stack's Terraform reads, by paths from its folder. */
export function copyAssets(folder: string, target: string): void {
  const assets = path.join(folder, "assets");
  if (fs.existsSync(assets)) fs.cpSync(assets, path.join(target, "assets"), { recursive: true });
}

interface ManifestStack {
  readonly name: string;
  readonly synthesizedStackPath: string;
}

function synthesizeOnce(app: App): string {
  const outdir = path.join(WORK, `synth-${process.env.JEST_WORKER_ID ?? "0"}`, app.name);
  const marker = path.join(outdir, ".run");
  const runId = String(process.pid);
  if (fs.existsSync(marker) && fs.readFileSync(marker, "utf8") === runId) return outdir;
  fs.rmSync(outdir, { recursive: true, force: true });
  fs.mkdirSync(outdir, { recursive: true });
  expectSuccess(runSync(process.execPath, [...APP_COMMAND, app.main], { env: { CDKTF_OUTDIR: outdir } }));
  fs.writeFileSync(marker, runId);
  return outdir;
}

/** More programs to check, by path, separated like the PATH: for work on these checks themselves. */
function extraApps(): App[] {
  const files = (process.env.GOVERNED_AGENTS_EXTRA_APPS ?? "").split(path.delimiter).filter(Boolean);
  return files.map((main) => ({ name: path.basename(path.dirname(main)), main: path.resolve(main) }));
}
