import { spawn, spawnSync } from "node:child_process";
import { createHash, createPublicKey, createVerify, X509Certificate, type KeyObject } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLOUD_MODULE, TELEMETRY_SCRIPT } from "../../lib/oci/agent-vm/instance-principal";

const TENANCY = "ocid1.tenancy.oc1..aaaaexample";
const tools = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status === 0;

interface Asked {
  readonly place: string;
  readonly keyId: string;
  readonly body: string;
}

/** Whether the request was signed with the key that belongs to it, as OCI checks it. */
function isSigned(request: IncomingMessage, body: string, key: KeyObject): boolean {
  const field = (name: string) => new RegExp(`${name}="([^"]+)"`).exec(request.headers.authorization ?? "")?.[1] ?? "";
  const value = (name: string) =>
    name === "(request-target)" ? `${String(request.method).toLowerCase()} ${String(request.url)}` : String(request.headers[name]);
  const text = field("headers")
    .split(" ")
    .map((name) => `${name}: ${value(name)}`)
    .join("\n");
  const digest = createHash("sha256").update(body).digest("base64");
  const whole =
    request.method === "GET" || (request.headers["x-content-sha256"] === digest && field("headers").includes("x-content-sha256"));
  return whole && createVerify("RSA-SHA256").update(text).verify(key, field("signature"), "base64");
}

/** Metadata, token service, Vault, Object Storage and Monitoring in one: unsigned requests to the last four are refused. */
function cloud(root: string, asked: Asked[]): Server {
  const certificate = new X509Certificate(readFileSync(join(root, "cert.pem")));
  let session: KeyObject | undefined;
  const own: Readonly<Record<string, () => string>> = {
    "/opc/v2/identity/cert.pem": () => readFileSync(join(root, "cert.pem"), "utf8"),
    "/opc/v2/identity/key.pem": () => readFileSync(join(root, "key.pem"), "utf8"),
    "/opc/v2/identity/intermediate.pem": () => readFileSync(join(root, "cert.pem"), "utf8"),
    "/opc/v2/instance/": () => JSON.stringify({ compartmentId: "ocid1.compartment.oc1..a" }),
    "/opc/v2/instance/metadata/": () => JSON.stringify({ settings: JSON.stringify({ environment: {} }) }),
    "/opc/v2/instance/regionInfo": () => JSON.stringify({ regionIdentifier: "us-ashburn-1", realmDomainComponent: "oraclecloud.com" }),
  };
  const answerOf = (place: string): string => {
    if (place.includes("/v1/x509")) return JSON.stringify({ token: "token-of-the-instance" });
    if (place.includes("/secretbundles/")) {
      return JSON.stringify({ secretBundleContent: { content: Buffer.from('{"key": "value"}').toString("base64") } });
    }
    return "archive";
  };
  return createServer((request, response) => {
    let body = "";
    request.on("data", (data) => (body += String(data)));
    request.on("end", () => {
      const place = String(request.url);
      if (place in own) return response.end(request.headers.authorization === "Bearer Oracle" ? own[place]?.() : "");
      const federation = place.includes("/v1/x509");
      if (federation) {
        const der = Buffer.from((JSON.parse(body) as { publicKey: string }).publicKey, "base64");
        session = createPublicKey({ key: der, format: "der", type: "spki" });
      }
      const key = federation ? certificate.publicKey : session;
      if (key === undefined || !isSigned(request, body, key)) return response.writeHead(401).end();
      asked.push({ place, keyId: /keyId="([^"]+)"/.exec(request.headers.authorization ?? "")?.[1] ?? "", body });
      return response.end(answerOf(place));
    });
  });
}

/** Keys are found by chance, which takes its time on a busy machine. */
jest.setTimeout(30_000);

(tools ? describe : describe.skip)("the module that acts as the instance", () => {
  const root = mkdtempSync(join(tmpdir(), "instance-"));
  const asked: Asked[] = [];
  let server: Server;

  beforeAll((done) => {
    const subject = `/CN=ocid1.instance.oc1.iad.a/OU=opc-certtype:instance/OU=opc-tenant:${TENANCY}`;
    const files = ["-keyout", join(root, "key.pem"), "-out", join(root, "cert.pem")];
    spawnSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", subject, ...files]);
    server = cloud(root, asked);
    server.listen(0, "127.0.0.1", () => {
      const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const module = CLOUD_MODULE.replace("http://169.254.169.254", here).replace(/https:\/\/([a-z.-]+)\.\{name\}/g, `${here}/$1.{name}`);
      writeFileSync(join(root, "cloud.py"), module);
      mkdirSync(join(root, "log"));
      const script = TELEMETRY_SCRIPT.replace("/var/log/agent", join(root, "log")).replace("/run/telemetry", root);
      writeFileSync(join(root, "telemetry.py"), script.replace('"/var/lib/agent"', '"/"'));
      done();
    });
  });
  beforeEach(() => (asked.length = 0));
  afterAll((done) => {
    rmSync(root, { recursive: true, force: true });
    server.close(done);
  });

  const run = (...args: string[]) =>
    new Promise<string>((resolve) => {
      const child = spawn("python3", args, { cwd: root });
      let out = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (out += String(data)));
      child.on("close", () => resolve(out));
    });

  test("the certificate buys a token for a key of this run, which signs everything else", async () => {
    const code = [
      "import cloud",
      'print(cloud.settings(), cloud.secret("ocid1.vaultsecret.a#key"), cloud.secret("ocid1.vaultsecret.a"))',
      'cloud.download("oci://bundles@acme/agents/agent.tar.gz", "archive"); print(open("archive").read())',
    ].join("\n");
    expect(await run("-c", code)).toBe('{\'environment\': {}} value {"key": "value"}\narchive\n');
    const fingerprint = new X509Certificate(readFileSync(join(root, "cert.pem"))).fingerprint256.toLowerCase();
    expect(asked.map(({ place, keyId }) => `${keyId} ${place}`)).toEqual([
      `${TENANCY}/fed-x509-sha256/${fingerprint} /auth.us-ashburn-1.oraclecloud.com/v1/x509`,
      "ST$token-of-the-instance /secrets.vaults.us-ashburn-1.oci.oraclecloud.com/20190301/secretbundles/ocid1.vaultsecret.a",
      "ST$token-of-the-instance /secrets.vaults.us-ashburn-1.oci.oraclecloud.com/20190301/secretbundles/ocid1.vaultsecret.a",
      "ST$token-of-the-instance /objectstorage.us-ashburn-1.oraclecloud.com/n/acme/b/bundles/o/agents%2Fagent.tar.gz",
    ]);
  });

  test("delivered heartbeats are counted once, and none are no number", async () => {
    const line = (outcome: string) => `${JSON.stringify({ event: "governance.heartbeat", outcome })}\n`;
    writeFileSync(join(root, "log", "governance-reporter.log"), `${line("delivered")}noise\n${line("failed")}${line("delivered")}`);
    const twice = 'import runpy\nfor _ in range(2): runpy.run_path("telemetry.py", run_name="__main__")';
    expect(await run("-c", twice, "governed_agents", "assistant")).toBe("");
    const sent = asked
      .filter(({ place }) => place.includes("telemetry-ingestion"))
      .map(({ body }) => (JSON.parse(body) as { metricData: { name: string; datapoints: { value: number }[] }[] }).metricData);
    const beats = sent.map((data) => data.filter(({ name }) => name === "Heartbeats").map(({ datapoints }) => datapoints[0]?.value));
    expect(beats).toEqual([[2], []]);
    expect(sent[0]?.[0]).toMatchObject({
      namespace: "governed_agents",
      compartmentId: "ocid1.compartment.oc1..a",
      name: "DiskUtilization",
      dimensions: { agentId: "assistant", volume: "system" },
    });
  });
});
