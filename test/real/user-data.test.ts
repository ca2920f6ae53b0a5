import * as fs from "node:fs";
import * as path from "node:path";
import { synthesizedApps } from "./support/apps";
import { plantMachine, unitsOf } from "./support/machine-tree";
import { WORK } from "./support/paths";
import type { RunResult } from "./support/run";
import { run, withoutColour } from "./support/run";
import { findTool, notChecked, say } from "./support/tools";
import type { MachineFile, UserData } from "./support/user-data";
import { filesOf, isCloudConfig, shellCommandsOf, userDataOf } from "./support/user-data";

const SHELL = /^#!.*\b(?:sh|bash|dash|ksh)\b/;
const EXPOSURE_LIMIT = 30;

/** JavaScript and Python engines write the code they run, so this one property is no fault of a unit. */
const SECURITY_POLICY = { MemoryDenyWriteExecute: { weight: 0 } };

interface Machine {
  readonly name: string;
  readonly data: UserData;
  readonly files: readonly MachineFile[];
  readonly folder: string;
}

function findMachines(): Machine[] {
  const all = synthesizedApps().flatMap(({ stacks }) => stacks.flatMap((stack) => userDataOf(stack).map((data) => ({ stack, data }))));
  return all.map(({ stack, data }) => {
    const folder = path.join(WORK, "machines", stack.name, data.address);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    return { name: `${stack.name} ${data.address}`, data, files: filesOf(data), folder };
  });
}

function save(machine: Machine, name: string, content: string): string {
  const file = path.join(machine.folder, name.replaceAll("/", "_"));
  fs.writeFileSync(file, content);
  return file;
}

function complaint({ code, command, stdout, stderr }: RunResult): string {
  return code === 0 ? "" : `${command}\n${withoutColour(stdout)}${withoutColour(stderr)}`;
}

async function complaints(runs: readonly Promise<RunResult>[]): Promise<string> {
  return (await Promise.all(runs)).map(complaint).filter(Boolean).join("\n\n");
}

const machines = findMachines();

/** One test per machine, or a loud line when the tool is absent. */
function eachMachine(tool: string, title: string, check: (machine: Machine, program: string) => Promise<void>): void {
  const program = findTool(tool);
  if (!program) return notChecked(`${tool} is not installed, so it is open whether ${title}`);
  test.each(machines)(`${title}: $name`, (machine) => check(machine, program));
}

test("finds machines", () => expect(machines.length).toBeGreaterThan(0));

eachMachine("cloud-init", "cloud-init accepts the user data", async (machine, program) => {
  if (!isCloudConfig(machine.data.text)) return;
  const file = save(machine, "user-data.yaml", machine.data.text);
  expect(complaint(await run(program, ["schema", "--config-file", file]))).toBe("");
});

eachMachine("shellcheck", "shell scripts are sound", async (machine, program) => {
  const scripts = machine.files.filter(({ content }) => SHELL.test(content)).map((one) => save(machine, one.path, one.content));
  const commands = shellCommandsOf(machine.data);
  const files = [...scripts, ...(commands ? [save(machine, "commands.sh", commands)] : [])];
  expect(await complaints(files.map((file) => run(program, [file])))).toBe("");
});

eachMachine("python3", "Python files compile", async (machine, program) => {
  const files = machine.files.filter((one) => one.path.endsWith(".py") || /^#!.*python/.test(one.content));
  const saved = files.map((one) => save(machine, one.path, one.content));
  expect(await complaints(saved.map((file) => run(program, ["-m", "py_compile", file])))).toBe("");
});

eachMachine("node", "JavaScript files parse", async (machine, program) => {
  const files = machine.files.filter(({ path: file }) => /\.[cm]?js$/.test(file)).map((one) => save(machine, one.path, one.content));
  expect(await complaints(files.map((file) => run(program, ["--check", file])))).toBe("");
});

eachMachine("systemd-analyze", "systemd finds no fault in the units", async (machine, program) => {
  const root = path.join(machine.folder, "root");
  plantMachine(root, machine.files);
  const names = unitsOf(machine.files).map(({ path: file }) => path.basename(file));
  if (names.length === 0) return;
  const verified = await run(program, ["verify", "--man=no", "--recursive-errors=no", `--root=${root}`, ...names]);
  expect(complaint(verified)).toBe("");
  const about = withoutColour(verified.stderr)
    .split("\n")
    .filter((line) => names.some((name) => line.includes(name)));
  expect(about.join("\n")).toBe("");
});

eachMachine("systemd-analyze", `the exposure of every service is at most ${EXPOSURE_LIMIT / 10}`, async (machine, program) => {
  const root = path.join(machine.folder, "root");
  plantMachine(root, machine.files);
  const policy = save(machine, "security-policy.json", JSON.stringify(SECURITY_POLICY));
  const names = unitsOf(machine.files)
    .map(({ path: file }) => path.basename(file))
    .filter((name) => name.endsWith(".service"));
  const flags = ["--offline=true", `--threshold=${EXPOSURE_LIMIT}`, `--security-policy=${policy}`, `--root=${root}`, "--no-pager"];
  const results = names.map((name) => run(program, ["security", ...flags, name]));
  for (const result of await Promise.all(results))
    say(`${machine.name}: ${/Overall exposure.*/.exec(withoutColour(result.stdout))?.[0] ?? result.stderr}`);
  expect(await complaints(results)).toBe("");
});
