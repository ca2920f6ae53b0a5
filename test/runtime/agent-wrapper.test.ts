import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { tryUnwrapCommand, wrapCommand } from "../../lib/runtime/agent-wrapper";

const folder = mkdtempSync(join(tmpdir(), "agent-wrapper-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly status: number;
  readonly output: string;
  readonly heartbeats: readonly { readonly key?: string; readonly agent?: unknown }[];
}

/** Runs an agent behind the wrapper, as a platform does: by a shell, with the key in the environment. */
async function run(script: string, name: string): Promise<Run> {
  const heartbeats: { key?: string; agent?: unknown }[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    heartbeats.push({ key: request.headers.authorization, agent: request.headers["x-agent-id"] });
    request.resume().on("end", () => response.writeHead(202).end());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const env = {
    PATH: process.env.PATH,
    GOVERNANCE_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    GOVERNANCE_ID: "gov-7",
    AGENT_ID: "researcher",
    GOVERNANCE_KEY: "the-key",
    GOVERNANCE_KEY_FILE: join(folder, name, "key"),
    GOVERNANCE_HEARTBEAT_SECONDS: "10",
    LLM_KEY: "other",
  };
  const result = await new Promise<{ status: number; output: string }>((done) => {
    execFile("sh", ["-c", wrapCommand([process.execPath, "-e", script, "it's", "$HOME"])], { env }, (error, output) =>
      done({ status: typeof error?.code === "number" ? error.code : 0, output }),
    );
  });
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  return { ...result, heartbeats };
}

const ENDED = `const wait = setInterval(() => {}, 100); process.on("SIGTERM", () => { console.log("told"); clearInterval(wait); process.exitCode = 3; });`;

test("the agent runs with the file instead of the key, heartbeats go out beside it, and its status is the container's", async () => {
  const script = `console.log(JSON.stringify({ key: process.env.GOVERNANCE_KEY, llm: process.env.LLM_KEY, words: process.argv.slice(1) }));
    setTimeout(() => process.exit(7), 700);`;
  const { status, output, heartbeats } = await run(script, "one");
  const [first = "", ...lines] = output.trim().split("\n");
  expect(JSON.parse(first)).toEqual({ llm: "other", words: ["it's", "$HOME"] });
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ event: "governance.heartbeat", outcome: "delivered" }]);
  expect(heartbeats).toEqual([{ key: "Bearer the-key", agent: "researcher" }]);
  expect(status).toBe(7);
  const file = join(folder, "one", "key");
  expect(readFileSync(file, "utf8")).toBe("the-key");
  expect(statSync(file).mode & 0o777).toBe(0o400);
});

test("a signal goes on to the agent, which ends in its own time", async () => {
  const script = `${ENDED} setTimeout(() => process.kill(process.ppid, "SIGTERM"), 300);`;
  const { status, output } = await run(script, "two");
  expect(output).toContain("told");
  expect(status).toBe(3);
});

test("what is wrapped can be unwrapped, whatever its words are", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
      expect(tryUnwrapCommand(wrapCommand(words))).toEqual(words);
    }),
  );
  expect(tryUnwrapCommand("node main.js")).toBeUndefined();
  expect(tryUnwrapCommand(undefined)).toBeUndefined();
});

test("Terraform finds nothing of its own in the wrapper", () => {
  expect(wrapCommand(["x"])).not.toMatch(/[$%]\{/);
});
