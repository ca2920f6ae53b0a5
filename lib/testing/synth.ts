import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import type { TerraformJson } from "../facts/inventory";
import { onRendered } from "../synthesizer";

/** The JSON of a stack and what it says of itself. */
export interface Synthesized {
  /** The Terraform JSON, as written. */
  readonly json: TerraformJson;
  /** Text of the written file. */
  readonly text: string;
  /** Warnings and notes of constructs, as `path: message`. */
  readonly annotations: readonly string[];
}

interface SynthManifest {
  readonly stacks: Record<string, { synthesizedStackPath: string; annotations: { constructPath: string; message: string }[] }>;
}

/**
 * Synthesizes what `build` puts into a stack, the way `cdktf synth` does: with aspects, validations and checks.
 * Nothing is left on disk, and Terraform is not needed, unless the stack imports or moves: then the engine reads its version.
 * @throws what the constructs, aspects and checks throw.
 */
export function synth(build: (stack: TerraformStack) => unknown, stackId = "test"): Synthesized {
  return synthApp((app) => void build(new TerraformStack(app, stackId)))[stackId] as Synthesized;
}

/** The same for an app of several stacks, by stack id. */
export function synthApp(build: (app: App) => unknown): Readonly<Record<string, Synthesized>> {
  const outdir = mkdtempSync(join(tmpdir(), "governed-agents-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    build(app);
    for (const stack of app.node.children.filter((child) => TerraformStack.isStack(child))) onRendered(stack, () => undefined);
    app.synth();
    const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as SynthManifest;
    return Object.fromEntries(Object.entries(stacks).map(([id, stack]) => [id, read(outdir, stack)]));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function read(outdir: string, stack: SynthManifest["stacks"][string]): Synthesized {
  const text = readFileSync(join(outdir, stack.synthesizedStackPath), "utf8");
  const annotations = stack.annotations.map(({ constructPath, message }) => `${constructPath}: ${message}`);
  return { text, json: JSON.parse(text) as TerraformJson, annotations };
}
