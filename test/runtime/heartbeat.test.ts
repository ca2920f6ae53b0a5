import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HEARTBEAT_SCRIPT, KEY_WRITER_SCRIPT } from "../../lib/runtime/heartbeat";

interface Beat {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

let directory: string;
let server: Server;
let reporter: ChildProcess | undefined;
let beats: Beat[];
let status: number;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "heartbeat-"));
  writeFileSync(join(directory, "key"), "first-key\n");
  beats = [];
  status = 202;
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += chunk));
    request.on("end", () => {
      beats.push({ url: request.url, headers: request.headers, body: JSON.parse(text) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  reporter?.kill("SIGKILL");
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true, force: true });
});

/** Starts the reporter and gives its log lines as they come. */
function start(
  port = (server.address() as AddressInfo).port,
  path = "/",
): { lines: Record<string, unknown>[]; next(count: number): Promise<void> } {
  const lines: Record<string, unknown>[] = [];
  reporter = spawn(process.execPath, ["-e", HEARTBEAT_SCRIPT], {
    env: {
      GOVERNANCE_ENDPOINT: `http://127.0.0.1:${port}${path}`,
      GOVERNANCE_ID: "gov-7",
      AGENT_ID: "researcher",
      GOVERNANCE_KEY_FILE: join(directory, "key"),
      GOVERNANCE_HEARTBEAT_SECONDS: "0.05",
    },
  });
  reporter.stdout?.on("data", (chunk: Buffer) => {
    for (const line of chunk.toString().split("\n").filter(Boolean)) lines.push(JSON.parse(line));
  });
  const next = async (count: number) => {
    const wanted = lines.length + count;
    while (lines.length < wanted) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return { lines, next };
}

describe("the heartbeat reporter", () => {
  test("sends the first version of the contract, again and again, and logs what the alarm counts", async () => {
    const { lines, next } = start();
    await next(3);
    expect(beats[0]?.url).toBe("/api/v1/agents/heartbeat");
    expect(beats[0]?.headers).toMatchObject({ authorization: "Bearer first-key", "x-agent-id": "researcher", "x-governance-id": "gov-7" });
    expect(beats[0]?.body).toEqual({
      agentId: "researcher",
      status: "active",
      uptime: expect.any(Number),
      lastActivity: expect.any(String),
    });
    expect(lines[0]).toMatchObject({ event: "governance.heartbeat", outcome: "delivered", agentId: "researcher", status: 202 });
  });

  test("takes up a rotated key without a restart, and never logs it", async () => {
    const { lines, next } = start();
    await next(1);
    writeFileSync(join(directory, "key"), "second-key");
    await next(2);
    expect(beats.at(-1)?.headers.authorization).toBe("Bearer second-key");
    expect(JSON.stringify(lines)).not.toContain("-key");
  });

  test("a refusal is no delivery; a duplicate is", async () => {
    const { lines, next } = start();
    status = 403;
    await next(2);
    expect(lines.at(-1)).toMatchObject({ outcome: "refused", status: 403 });
    status = 409;
    await next(2);
    expect(lines.at(-1)).toMatchObject({ outcome: "delivered", status: 409 });
  });

  test("a redirect is not followed: the key stays with the endpoint", async () => {
    status = 302;
    const { lines, next } = start();
    await next(1);
    expect(lines[0]?.outcome).not.toBe("delivered");
    expect(beats).toHaveLength(1);
  });

  test("keeps trying when nobody listens and when the key is missing", async () => {
    rmSync(join(directory, "key"));
    const { lines, next } = start();
    await next(2);
    expect(lines.at(-1)).toMatchObject({ outcome: "failed", reason: "ENOENT" });
    writeFileSync(join(directory, "key"), "late-key");
    await next(2);
    expect(lines.at(-1)).toMatchObject({ outcome: "delivered" });
  });

  test("stops at SIGTERM", async () => {
    const { next } = start();
    await next(1);
    const stopped = new Promise((resolve) => reporter?.on("exit", resolve));
    reporter?.kill("SIGTERM");
    expect(await stopped).toBe(0);
  });

  test("the key writer puts the key where the contract says", () => {
    const file = join(directory, "written");
    execFileSync(process.execPath, ["-e", KEY_WRITER_SCRIPT], { env: { GOVERNANCE_KEY: "the-key", GOVERNANCE_KEY_FILE: file } });
    expect(readFileSync(file, "utf8")).toBe("the-key");
  });
});
