import { readManifests } from "../lib/report/read-manifests";
import { summaryText } from "../lib/report/summary";
import { repositoryApps, synthesize, type RepositoryApp } from "./apps";

/** Synthesizes the stacks and every example, and prints what a person wants to see of each. */
function start(): void {
  const failed = repositoryApps().filter((app) => !succeeds(app));
  if (failed.length === 0) return;
  console.error(`\nfailed: ${failed.map((app) => app.name).join(", ")}`);
  process.exitCode = 1;
}

function succeeds(app: RepositoryApp): boolean {
  console.log(`synthesizing ${app.main} ...`);
  const started = Date.now();
  try {
    const outdir = synthesize(app);
    console.log(`synthesized in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    for (const { manifest, directory } of readManifests(outdir)) {
      const next = `npx cdktf deploy --app "node -r @swc-node/register ${app.main}" ${manifest.stack}`;
      console.log(`${summaryText({ manifest, directory, next })}\n`);
    }
    return true;
  } catch (error) {
    console.error(`${app.main} failed:\n${(error as Error).message}\n`);
    return false;
  }
}

start();
