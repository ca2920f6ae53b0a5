/**
 * The `app` command of a CLI run against the emulator: runs a real program, then replaces each stack with its applicable copy.
 * Usage: node -r @swc-node/register emulated-app.ts <main.ts>; the environment says where the mirror and the state are.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { APP_COMMAND, readStacks } from "./apps";
import { applicableCopy } from "./emulator-copy";
import { ROOT } from "./paths";
import { expectSuccess, runSync } from "./run";

const [main] = process.argv.slice(2);
const { CDKTF_OUTDIR, EMULATED_MIRROR, EMULATED_STATE, EMULATED_UNPROTECT } = process.env;
if (!main || !CDKTF_OUTDIR || !EMULATED_MIRROR || !EMULATED_STATE) throw new Error("started by emulator.test.ts only");

const outdir = path.resolve(CDKTF_OUTDIR);
expectSuccess(runSync(process.execPath, [...APP_COMMAND, main], { cwd: ROOT, env: { CDKTF_OUTDIR: outdir } }));
for (const stack of readStacks({ name: "emulated", main }, outdir)) {
  const copy = applicableCopy(stack.json, { mirror: EMULATED_MIRROR, stateFolder: EMULATED_STATE, unprotect: EMULATED_UNPROTECT === "1" });
  fs.writeFileSync(path.join(stack.folder, "cdk.tf.json"), JSON.stringify(copy.json, null, 2));
}
