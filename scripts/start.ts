import { join } from "node:path";
import type { Manifest } from "../lib/report/manifest";
import { readManifests } from "../lib/report/read-manifests";
import { summaryText } from "../lib/report/summary";
import { writeReport } from "../lib/report/write-report";
import { repositoryApps, synthesize, type RepositoryApp } from "./apps";

/** Synthesizes the stacks and every example, prints what a person wants to see of each, and writes one report over all of them. */
function start(): void {
  const manifests: Manifest[] = [];
  const failed = repositoryApps().filter((app) => !succeeds(app, manifests));
  const { html } = writeReport(join("cdktf.out", "report"), manifests, { title: "Governed agents" });
  console.log(`report     ${html}`);
  if (failed.length === 0) return;
  console.error(`\nfailed: ${failed.map((app) => app.name).join(", ")}`);
  process.exitCode = 1;
}

function succeeds(app: RepositoryApp, manifests: Manifest[]): boolean {
  console.log(`synthesizing ${app.main} ...`);
  const started = Date.now();
  try {
    const outdir = synthesize(app);
    console.log(`synthesized in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    for (const { manifest, directory } of readManifests(outdir)) {
      const next = `npx cdktf deploy --app "node -r @swc-node/register ${app.main}" ${manifest.stack}`;
      console.log(`${summaryText({ manifest, directory, next })}\n`);
      manifests.push(manifest);
    }
    return true;
  } catch (error) {
    console.error(`${app.main} failed:\n${(error as Error).message}\n`);
    return false;
  }
}

start();
