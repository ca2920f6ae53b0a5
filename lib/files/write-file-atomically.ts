import { closeSync, existsSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, writeSync } from "node:fs";

/** Writes a file in one step: a reader sees the old text or the new one, never half of it, whatever happens in between. */
export function writeFileAtomically(file: string, text: string): void {
  const target = existsSync(file) ? realpathSync(file) : file;
  const draft = `${target}.${process.pid}.tmp`;
  try {
    writeDurably(draft, text);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, "w");
  try {
    const content = Buffer.from(text);
    for (let written = 0; written < content.length;) written += writeSync(handle, content, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
