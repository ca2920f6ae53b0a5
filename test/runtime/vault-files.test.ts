import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createVerify, generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VAULT_FILES_SCRIPT } from "../../lib/oci/agent-service/vault-files";

const folder = mkdtempSync(join(tmpdir(), "vault-files-"));
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
let child: ChildProcess | undefined;

afterAll(() => {
  child?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Stands in front of the vault: what is asked for is written down, and only one of the two secrets is there. */
const VAULT = `
const { appendFileSync } = require("node:fs");
globalThis.fetch = async (url, { headers, redirect }) => {
  appendFileSync(process.env.REQUESTS, JSON.stringify({ url, headers, redirect }) + "\\n");
  if (url.endsWith("missing")) return { ok: false, status: 404 };
  return { ok: true, json: async () => ({ secretBundleContent: { content: Buffer.from("the key").toString("base64") } }) };
};
`;

interface Request {
  readonly url: string;
  readonly redirect: string;
  readonly headers: { readonly authorization: string; readonly "x-date": string };
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !done(); tries += 1) await new Promise((next) => setTimeout(next, 50));
}

test("secrets are asked for as OCI wants it signed, and are files that everyone in the copy may read and nobody change", async () => {
  const [vault, requests, rpst, scratch] = ["vault.js", "requests", "rpst", "scratch"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  writeFileSync(vault, VAULT);
  writeFileSync(rpst, "the-token\n");
  mkdirSync(scratch, { mode: 0o700 });
  const files = { [join(folder, "key")]: "ocid1.vaultsecret.oc1.iad.key", [join(folder, "llm")]: "missing" };
  child = spawn(process.execPath, ["--require", vault, "-e", VAULT_FILES_SCRIPT, scratch], {
    env: {
      REQUESTS: requests,
      SECRET_FILES: JSON.stringify(files),
      OCI_RESOURCE_PRINCIPAL_RPST: rpst,
      OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: privateKey,
      OCI_RESOURCE_PRINCIPAL_REGION: "us-ashburn-1",
    },
  });
  let log = "";
  child.stdout?.on("data", (text) => (log += String(text)));
  await until(() => existsSync(join(folder, "key")) && log.includes("\n"));

  expect(readFileSync(join(folder, "key"), "utf8")).toBe("the key");
  expect(statSync(join(folder, "key")).mode & 0o777).toBe(0o444);
  expect(statSync(scratch).mode & 0o7777).toBe(0o1777);
  expect(existsSync(join(folder, "llm"))).toBe(false);
  expect(
    log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object),
  ).toMatchObject([{ event: "governance.secret", outcome: "failed", file: join(folder, "llm"), reason: 404 }]);
  expect(log).not.toContain("the key");

  const [first] = readFileSync(requests, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Request);
  const host = "secrets.vaults.us-ashburn-1.oci.oraclecloud.com";
  const target = "/20190301/secretbundles/ocid1.vaultsecret.oc1.iad.key";
  expect(first).toMatchObject({ url: `https://${host}${target}`, redirect: "error" });
  const { authorization, "x-date": date } = (first as Request).headers;
  const [, signature = ""] =
    /^Signature version="1",headers="x-date \(request-target\) host",keyId="ST\$the-token",algorithm="rsa-sha256",signature="([^"]+)"$/.exec(
      authorization,
    ) ?? [];
  const text = `x-date: ${date}\n(request-target): get ${target}\nhost: ${host}`;
  expect(createVerify("sha256").update(text).verify(publicKey, signature, "base64")).toBe(true);
});

test("it is a program that Node takes", () => {
  const script = join(folder, "script.js");
  writeFileSync(script, VAULT_FILES_SCRIPT);
  expect(() => execFileSync(process.execPath, ["--check", script])).not.toThrow();
  expect(VAULT_FILES_SCRIPT).not.toMatch(/[$%]\{/);
});
