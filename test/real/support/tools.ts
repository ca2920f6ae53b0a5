import * as fs from "node:fs";
import * as path from "node:path";
import { venvBin } from "./paths";

/** Full path of a program in the run's own Python environment or on the PATH. */
export function findTool(name: string): string | undefined {
  const folders = [venvBin, ...(process.env.PATH ?? "").split(path.delimiter)];
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

/** Says loudly that something was not checked, and leaves one passing test that carries the reason in its name. */
export function notChecked(reason: string): void {
  const message = `NOT CHECKED: ${reason}`;
  say(message);
  test(message, () => undefined);
}

/** Prints one line at once; jest's own console adds a stack trace to every line. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
