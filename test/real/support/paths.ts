import * as path from "node:path";

/** The checkout. */
export const ROOT = path.resolve(__dirname, "../../..");

/** Everything these checks write lies here; git ignores it. */
export const WORK = path.join(ROOT, ".real");

export const venvBin = path.join(WORK, "venv", "bin");
