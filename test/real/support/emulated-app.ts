/**
 * The `app` command of a CLI run against the emulator: runs a real program, then replaces each stack with its applicable copy, and forgets
 * those that are not deployed: the CLI destroys no stack that another one needs, and its flag for that starts the same destroy many times.
 * Usage: node -r @swc-node/register emulated-app.ts <main.ts>; the environment names the stacks, and says where the mirror and the state are.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { APP_COMMAND, readStacks } from "./apps";
import { applicableCopy } from "./emulator-copy";
import { ROOT } from "./paths";
import { expectSuccess, runSync } from "./run";

const [main] = process.argv.slice(2);
const { CDKTF_OUTDIR, EMULATED_STACKS, EMULATED_MIRROR, EMULATED_STATE, EMULATED_UNPROTECT } = process.env;
if (!main || !CDKTF_OUTDIR || !EMULATED_STACKS || !EMULATED_MIRROR || !EMULATED_STATE) throw new Error("started by emulator.test.ts only");

const outdir = path.resolve(CDKTF_OUTDIR);
expectSuccess(runSync(process.execPath, [...APP_COMMAND, main], { cwd: ROOT, env: { CDKTF_OUTDIR: outdir } }));
for (const stack of readStacks({ name: "emulated", main }, outdir)) {
  const copy = applicableCopy(stack.json, { mirror: EMULATED_MIRROR, stateFolder: EMULATED_STATE, unprotect: EMULATED_UNPROTECT === "1" });
  fs.writeFileSync(path.join(stack.folder, "cdk.tf.json"), JSON.stringify(copy.json, null, 2));
}

const deployed = new Set(EMULATED_STACKS.split(" "));
const manifestFile = path.join(outdir, "manifest.json");
const manifest = JSON.parse(fs.readFileSync(manifestFile, "utf8")) as { readonly stacks: Readonly<Record<string, object>> };
const stacks = Object.fromEntries(Object.entries(manifest.stacks).filter(([name]) => deployed.has(name)));
fs.writeFileSync(manifestFile, JSON.stringify({ ...manifest, stacks }, null, 2));
