/** One measured synth in a process of its own: `<provider> <variant> <resources>`. Runs from the repository's root, on the compiled library. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import type * as library from "../lib";
import type { Provider } from "../lib/provider";
import type { Cells } from "./cells/cell";

const load = createRequire(join(process.cwd(), "package.json"));

/** Loaded by every variant, so that they differ in what they do only; loading is measured apart. */
const { govern, onRendered } = load("./dist/index.js") as typeof library;

/** What a variant adds to the plain engine. */
const VARIANTS: Readonly<Record<string, (stack: TerraformStack, provider: Provider) => void>> = {
  plain: () => undefined,
  check: (stack) =>
    onRendered(stack, ({ json }) => {
      if (Object.keys(json.resource ?? {}).length === 0) throw new Error("no resources");
    }),
  govern: (stack, provider) => govern(stack, { providers: [provider], labels: LABELS }),
  promises: (stack, provider) =>
    govern(stack, {
      providers: [provider],
      labels: LABELS,
      asOf: "2026-11-21",
      cost: { usage: { profile: "small" } },
      budgets: [{ usdPerMonth: 1_000_000, mode: "advisory" }],
      policy: { failOn: "critical" },
      recovery: [{ rpoMinutes: 1500, rtoMinutes: 240, scopes: ["operator-error"], scope: "bench/Elsewhere" }],
    }),
};

const LABELS = {
  project: "atlas",
  environment: "production",
  costCenter: "r-and-d",
  owner: "research@acme.dev",
  governanceId: "gov-7",
  governanceEndpoint: "https://governance.acme.dev",
};

function main(name: string, variant: string, resources: number): void {
  const provider = (load(`./dist/${name}/index.js`) as Record<string, Provider>)[name] as Provider;
  const { cells } = load(join(__dirname, "cells", `${name}.js`)) as { cells: Cells };
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  const start = performance.now();
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "bench");
  cells.declareProvider(stack);
  for (let index = 0; index < resources / cells.resources; index++) cells.addCell(stack, index);
  VARIANTS[variant]?.(stack, provider);
  const built = performance.now();
  app.synth();
  const end = performance.now();
  const bytes = statSync(join(outdir, "stacks/bench/cdk.tf.json")).size;
  rmSync(outdir, { recursive: true });
  const rssMiB = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ synthMs: end - built, totalMs: end - start, rssMiB, bytes }));
}

const [name = "", variant = "", resources] = process.argv.slice(2);
main(name, variant, Number(resources));
