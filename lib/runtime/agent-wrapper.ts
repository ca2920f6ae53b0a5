import { HEARTBEAT_SCRIPT } from "./heartbeat";

/**
 * Runs an agent and its reporter in one container, for platforms without containers that share files. It moves the reporting key from the
 * environment to the file of the contract, starts the agent without the key in its environment, and sends heartbeats for as long as the
 * agent's process runs: a heartbeat says that this process runs and that the container reaches its governance, and nothing more.
 * Signals go on to the agent, and the container ends with the agent's status. It needs Node 20 as `node` in the agent's image.
 */
export const WRAPPER_SCRIPT = `"use strict";
const { spawn } = require("node:child_process");
const { mkdirSync, rmSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");
const { GOVERNANCE_KEY, ...environment } = process.env;
const file = environment.GOVERNANCE_KEY_FILE;
const [command, ...words] = process.argv.slice(1);

mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
rmSync(file, { force: true });
writeFileSync(file, GOVERNANCE_KEY, { mode: 0o400 });
delete process.env.GOVERNANCE_KEY;

const agent = spawn(command, words, { env: environment, stdio: "inherit" });
agent.on("error", (error) => {
  console.error(JSON.stringify({ event: "governance.agent", outcome: "not started", reason: error.code }));
  process.exit(127);
});
agent.on("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => agent.kill(signal));

const shared = Object.entries(environment).filter(([name]) => /^(PATH|HOME|AGENT_ID|GOVERNANCE_.*|NODE_EXTRA_CA_CERTS)$/.test(name));
let reporter;
function report() {
  reporter = spawn(process.execPath, ["-e", ${JSON.stringify(HEARTBEAT_SCRIPT)}], { env: Object.fromEntries(shared), stdio: "inherit" });
  reporter.on("error", () => {});
  reporter.on("close", () => setTimeout(report, 60000));
}
report();
process.on("exit", () => reporter.kill());
`;

const PREFIX = `node -e ${quoted(WRAPPER_SCRIPT)} --`;

/** The command line that runs a command and the reporter beside it. */
export function wrapCommand(command: readonly string[]): string {
  return [PREFIX, ...command.map(quoted)].join(" ");
}

/** The command in such a command line; undefined when it is another one. */
export function tryUnwrapCommand(line: unknown): readonly string[] | undefined {
  if (typeof line !== "string" || !line.startsWith(`${PREFIX} `)) return undefined;
  const words = line.slice(PREFIX.length).match(/ '(?:[^']|'\\'')*'(?= |$)/g) ?? [];
  return words.map((word) => word.slice(2, -1).replaceAll(`'\\''`, "'"));
}

/** One word of a POSIX command line. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
