import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes a file in one step, so that a reader never sees half of it, and a failure leaves what was there. */
export function writeWhole(file: string, text: string): void {
  const half = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(half, text);
    renameSync(half, file);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}
