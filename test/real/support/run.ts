import { spawn, spawnSync } from "node:child_process";
import { ROOT } from "./paths";

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of this process; `undefined` removes a variable. */
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutSeconds?: number;
}

export interface RunResult {
  readonly command: string;
  /** -1 when the process was ended by a signal or by the time limit. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const DEFAULT_TIMEOUT_SECONDS = 300;

/** Runs a program to its end and collects what it prints. Never throws on an exit code. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: options.cwd ?? ROOT, env: environment(options.env), stdio: ["ignore", "pipe", "pipe"] });
    const limit = setTimeout(() => child.kill("SIGKILL"), (options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const finish = (code: number) => {
      clearTimeout(limit);
      resolve({ command: [program, ...args].join(" "), code, stdout, stderr });
    };
    child.on("error", (error) => {
      stderr += error.message;
      finish(-1);
    });
    child.on("close", (code) => finish(code ?? -1));
  });
}

/** The same, before tests are registered, where nothing may be awaited. */
export function runSync(program: string, args: readonly string[], options: RunOptions = {}): RunResult {
  const done = spawnSync(program, args, {
    cwd: options.cwd ?? ROOT,
    env: environment(options.env),
    encoding: "utf8",
    timeout: (options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    maxBuffer: 256 * 1024 * 1024,
  });
  const stderr = done.error ? `${done.stderr ?? ""}${done.error.message}` : done.stderr;
  return { command: [program, ...args].join(" "), code: done.status ?? -1, stdout: done.stdout ?? "", stderr };
}

/** Throws with everything the program said unless it ended with 0. */
export function expectSuccess(result: RunResult): RunResult {
  if (result.code === 0) return result;
  throw new Error(`${result.command}\nended with ${result.code}\n${withoutColour(result.stdout)}\n${withoutColour(result.stderr)}`);
}

export function withoutColour(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
}

function environment(added: NodeJS.ProcessEnv | undefined): NodeJS.ProcessEnv {
  const merged: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, ...added };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}
