import { existsSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

/** An app of this repository: a file that synthesizes when it is run. */
export interface RepositoryApp {
  readonly name: string;
  /** The file to run, relative to the repository. */
  readonly main: string;
  /** Folder for its output, relative to the repository. */
  readonly outdir: string;
}

const root = join(__dirname, "..");

/** The stacks and every example. */
export function repositoryApps(): readonly RepositoryApp[] {
  const examples = readdirSync(join(root, "examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, "examples", entry.name, "main.ts")))
    .map(({ name }) => ({ name, main: `examples/${name}/main.ts`, outdir: `examples/${name}/cdktf.out` }));
  return [{ name: "stacks", main: "stacks/main.ts", outdir: "cdktf.out" }, ...examples];
}

/** Runs an app in this process, with its output in a folder of its own; stacks that were there before are gone. */
export function synthesize(app: RepositoryApp, outdir = join(root, app.outdir)): string {
  rmSync(join(outdir, "stacks"), { recursive: true, force: true });
  process.env.CDKTF_OUTDIR = outdir;
  createRequire(__filename)(join(root, app.main));
  return relative(root, outdir);
}
