import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLOUD_MODULE } from "../../lib/digitalocean/agent-vm/agent-vm-machine";

const python = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status === 0;

/** Answers as Vault does: a wrapped token opens once. */
function vault(asked: string[]): Server {
  let wrapped = true;
  return createServer((request: IncomingMessage, response) => {
    const token = String(request.headers["x-vault-token"]);
    asked.push(`${String(request.method)} ${String(request.url)} ${token}`);
    const answer = (status: number, body: object, headers = {}) => response.writeHead(status, headers).end(JSON.stringify(body));
    if (request.url === "/v1/sys/wrapping/unwrap") {
      const first = wrapped && token === "once";
      wrapped = false;
      return first ? answer(200, { auth: { client_token: "mine" } }) : answer(400, { errors: ["wrapping token is not valid"] });
    }
    if (token !== "mine") return answer(403, {});
    if (request.url === "/v1/elsewhere/x") return answer(307, {}, { location: "/v1/secret/data/llm" });
    if (request.url === "/v1/auth/token/renew-self") return answer(200, { auth: {} });
    return answer(200, request.url === "/v1/old/llm" ? { data: { key: "old" } } : { data: { data: { key: "new" }, metadata: {} } });
  });
}

/** Starting Python takes its time on a busy machine. */
jest.setTimeout(30_000);

(python ? describe : describe.skip)("the module that fetches secrets for a droplet", () => {
  const asked: string[] = [];
  const server = vault(asked);
  let root: string;

  beforeAll((done) => void server.listen(0, "127.0.0.1", done));
  afterAll((done) => void server.close(done));
  beforeEach(() => {
    asked.length = 0;
    root = mkdtempSync(join(tmpdir(), "droplet-"));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const module = CLOUD_MODULE.replace("@VAULT@", address).replaceAll("/var/lib/machine", root).replaceAll("/etc/machine", root);
    writeFileSync(join(root, "cloud.py"), module);
    writeFileSync(join(root, "settings.json"), '{"environment": {}}');
    writeFileSync(join(root, "wrapped-token"), "once\n");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const run = (code: string) =>
    new Promise<{ code: number | null; out: string }>((resolve) => {
      const child = spawn("python3", ["-c", `import cloud\n${code}`], { cwd: root });
      let out = "";
      child.stdout.on("data", (data) => (out += String(data)));
      child.stderr.on("data", (data) => (out += String(data)));
      child.on("close", (status) => resolve({ code: status, out }));
    });

  test("the wrapped token opens once, and the machine's own is kept from others and renewed", async () => {
    const first = await run('print(cloud.settings(), cloud.secret("secret/data/llm#key"), cloud.secret("old/llm#key"))');
    expect(first).toEqual({ code: 0, out: "{'environment': {}} new old\n" });
    expect(existsSync(join(root, "wrapped-token"))).toBe(false);
    expect(readFileSync(join(root, "token"), "utf8")).toBe("mine");
    expect(statSync(join(root, "token")).mode & 0o777).toBe(0o600);
    await run("cloud.settings()");
    expect(asked).toEqual([
      "POST /v1/sys/wrapping/unwrap once",
      "POST /v1/auth/token/renew-self mine",
      "GET /v1/secret/data/llm mine",
      "GET /v1/old/llm mine",
      "POST /v1/auth/token/renew-self mine",
    ]);
  });

  test("fails when someone else was faster, and follows no redirect with its token", async () => {
    const late = await run("cloud.settings()");
    expect(late.code).toBe(1);
    expect(late.out).toContain("HTTP Error 400");
    writeFileSync(join(root, "token"), "mine");
    const away = await run('cloud.secret("elsewhere/x#key")');
    expect(away.out).toContain("HTTP Error 307");
  });
});
