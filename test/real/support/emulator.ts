import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { WORK } from "./paths";
import { runSync } from "./run";
import { findTool } from "./tools";

/** An AWS emulator on a loopback port of its own, with nothing in it. */
export interface Emulator {
  readonly url: string;
  /** What every program that talks to it needs: the address and invented keys. */
  readonly env: NodeJS.ProcessEnv;
  stop(): void;
}

const START_LIMIT_MS = 60_000;

/** A Python that has moto; undefined when none has. */
export function findMotoPython(): string | undefined {
  const python = findTool("python") ?? findTool("python3");
  return python && runSync(python, ["-c", "import moto.server, flask"]).code === 0 ? python : undefined;
}

/** `zones` are DNS zones that exist before anything is deployed: name by id. */
export async function startEmulator(python: string, name: string, zones: Readonly<Record<string, string>> = {}): Promise<Emulator> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  fs.mkdirSync(path.join(WORK, "emulator"), { recursive: true });
  const log = fs.openSync(path.join(WORK, "emulator", `${name}.log`), "w");
  const server = spawn(python, [path.join(__dirname, "emulator", "main.py"), "-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["pipe", log, log],
    env: {
      ...process.env,
      ENDS_WITH_STDIN: "1",
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      MOTO_ACM_VALIDATION_WAIT: "1",
      FIXTURE_ZONES: JSON.stringify(zones),
    },
  });
  await answers(`${url}/moto-api/data.json`, () => server.exitCode !== null);
  return { url, env: environment(url), stop: () => server.kill("SIGKILL") };
}

function environment(url: string): NodeJS.ProcessEnv {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
}

async function answers(url: string, ended: () => boolean): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit && !ended()) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the emulator did not answer at ${url}; its log is in .real/emulator`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
