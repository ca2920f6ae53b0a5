/**
 * The city of agents in a process of its own: `<plain | governed>`. Plain is the same constructs, synthesized by the engine without labels,
 * manifests and promises. Runs from the repository's root, on the sources.
 */
import { mkdtempSync, rmSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "@swc-node/register";

type Load = (request: string, parent: unknown, isMain: boolean) => unknown;

const [variant] = process.argv.slice(2);
const outdir = mkdtempSync(join(tmpdir(), "city-"));
process.env.CDKTF_OUTDIR = outdir;

if (variant === "plain") {
  const modules = Module as unknown as { _load: Load };
  const original = modules._load;
  const none = { govern: () => ({ manifest: undefined }) };
  modules._load = (request, parent, isMain) => (request === "./govern" ? none : original(request, parent, isMain));
}
const start = performance.now();
createRequire(join(process.cwd(), "package.json"))("./examples/agent-city/main.ts");
const totalMs = performance.now() - start;
rmSync(outdir, { recursive: true });
console.log(JSON.stringify({ totalMs, rssMiB: process.resourceUsage().maxRSS / 1024 }));
