import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GithubAgentService } from "cdktf-governed-agents/github";
import { parse } from "yaml";
import { ghSynth } from "./support";

interface Call {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let directory: string;
let server: Server;
let calls: Call[];
let runs: number;
let status: number;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "agent-run-"));
  calls = [];
  runs = 1;
  status = 200;
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      calls.push({ url: request.url, headers: request.headers, body });
      writeFileSync(join(directory, "heard"), "");
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ total_count: runs }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true, force: true });
});

/** An agent that notes its environment, and ends when somebody heard of it. */
const AGENT = `const { existsSync, writeFileSync } = require("node:fs");
writeFileSync("seen.json", JSON.stringify(process.env));
setInterval(() => existsSync("heard") && process.exit(0), 20);`;

/** The scripts of the generated workflow, by the name of their step. */
const steps = (() => {
  let text = "";
  ghSynth((stack) => {
    const governance = { endpoint: "https://governance.acme.dev", agentId: "triage", governanceId: "gov-7", keySecret: "GOVERNANCE_KEY" };
    const command = ["node", "-e", AGENT];
    text = new GithubAgentService(stack, "Agent", { repository: "agents", governance, command, schedules: ["17 */6 * * *"] }).workflow.text;
  });
  const { jobs } = parse(text) as { jobs: { agent: { steps: { name: string; run?: string }[] } } };
  return new Map(jobs.agent.steps.map(({ name, run }) => [name, run ?? ""]));
})();

/** Runs one step as Actions does, with the governance and GitHub at the test's own server. */
function runStep(name: string, env: Record<string, string> = {}): Promise<{ code: number | null; output: string }> {
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const file = join(directory, "step.sh");
  writeFileSync(file, steps.get(name) as string);
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", file], {
    cwd: directory,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      GITHUB_API_URL: base,
      GITHUB_REPOSITORY: "acme/agents",
      GITHUB_WORKFLOW_REF: "acme/agents/.github/workflows/agent-triage.yml@refs/heads/main",
      GH_TOKEN: "job-token",
      RUNS_PER_MONTH: "124",
      GOVERNANCE_ENDPOINT: `${base}/`,
      GOVERNANCE_ID: "gov-7",
      AGENT_ID: "triage",
      GOVERNANCE_HEARTBEAT_SECONDS: "30",
      GOVERNANCE_KEY_FILE: join(directory, "governance", "key"),
      ...env,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}

describe("a run of an agent on Actions", () => {
  test("asks how many runs the month had, and goes on below the bound and at it", async () => {
    runs = 124;
    expect(await runStep("Count the runs of this month")).toEqual({ code: 0, output: "" });
    const month = encodeURIComponent(`>=${new Date().toISOString().slice(0, 7)}-01`);
    expect(calls).toEqual([
      expect.objectContaining({ url: `/repos/acme/agents/actions/workflows/agent-triage.yml/runs?per_page=1&created=${month}` }),
    ]);
    expect(calls[0]?.headers.authorization).toBe("Bearer job-token");
  });

  test.each([
    ["above the bound", 125, 200, "::error::run 125 of this month; the agent may have 124\n"],
    ["when the number is not known", 1, 403, "::error::the number of runs is not known: status 403\n"],
  ])("ends %s", async (_name, count, answer, output) => {
    runs = count;
    status = answer;
    expect(await runStep("Count the runs of this month")).toEqual({ code: 1, output });
  });

  test("the agent has the contract and its key in a file, and heartbeats are sent while it runs", async () => {
    const { code } = await runStep("Run the agent", { GOVERNANCE_KEY: "the-key" });
    expect(code).toBe(0);
    const seen = JSON.parse(readFileSync(join(directory, "seen.json"), "utf8")) as Record<string, string>;
    expect(seen.AGENT_ID).toBe("triage");
    expect(seen.GOVERNANCE_KEY).toBeUndefined();
    expect(readFileSync(seen.GOVERNANCE_KEY_FILE as string, "utf8")).toBe("the-key");
    expect(calls.map(({ url }) => url)).toEqual(["/api/v1/agents/heartbeat"]);
    expect(JSON.parse(calls[0]?.body ?? "")).toMatchObject({ agentId: "triage", status: "active" });
  });

  test.each([
    ["success", "inactive"],
    ["failure", "error"],
    ["cancelled", "error"],
  ])("the last heartbeat of a run that ended by %s says %s", async (outcome, expected) => {
    const { code, output } = await runStep("Last heartbeat", { GOVERNANCE_KEY: "the-key\n", AGENT_OUTCOME: outcome });
    expect(code).toBe(0);
    expect(JSON.parse(calls[0]?.body ?? "")).toMatchObject({ agentId: "triage", status: expected, lastActivity: expect.any(String) });
    expect(calls[0]?.headers).toMatchObject({ authorization: "Bearer the-key", "x-agent-id": "triage", "x-governance-id": "gov-7" });
    expect(JSON.parse(output)).toMatchObject({ event: "governance.heartbeat", outcome: "delivered", status: 200 });
  });

  test("a last heartbeat that nobody takes does not fail the run", async () => {
    const { code, output } = await runStep("Last heartbeat", {
      GOVERNANCE_ENDPOINT: "http://127.0.0.1:1",
      GOVERNANCE_KEY: "k",
      AGENT_OUTCOME: "success",
    });
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ outcome: "failed" });
  });
});
