import * as fs from "node:fs";
import * as path from "node:path";
import type { MachineFile } from "./user-data";

const SYSTEM_UNITS = ["/usr/lib/systemd/system", "/lib/systemd/system"];
const UNIT = /^\/(?:etc|usr\/lib|lib)\/systemd\/system\/[^/]+\.(?:service|socket|timer|path|target|mount|slice)$/;

/** A folder that looks like the root of the machine: the files of its user data, this system's own units, and every program a unit starts. */
export function plantMachine(root: string, files: readonly MachineFile[]): void {
  fs.rmSync(root, { recursive: true, force: true });
  const units = SYSTEM_UNITS.find((folder) => fs.existsSync(folder));
  if (units) fs.cpSync(units, path.join(root, "usr/lib/systemd/system"), { recursive: true, verbatimSymlinks: true });
  files.forEach(({ path: file, content }) => plant(root, file, content));
  unitsOf(files).forEach(({ content }) => programsOf(content).forEach((program) => plant(root, program, "#!/bin/sh\n", 0o755)));
}

export function unitsOf(files: readonly MachineFile[]): MachineFile[] {
  return files.filter(({ path: file }) => UNIT.test(file));
}

function programsOf(unit: string): string[] {
  return [...unit.matchAll(/^Exec[A-Za-z]+=[-@:+!]*(\/\S+)/gm)].flatMap(([, program]) => program ?? []);
}

function plant(root: string, file: string, content: string, mode = 0o644): void {
  const target = path.join(root, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  if (!fs.existsSync(target)) fs.writeFileSync(target, content);
  fs.chmodSync(target, mode);
}
