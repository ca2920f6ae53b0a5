/**
 * Keeps the files of the contract as the vault has them: container instances put no secrets anywhere, so this asks for each with the identity
 * of the instance (resource principal 2.2) and writes it into memory, at the start until it succeeds and then every five minutes, so that
 * a rotated key is taken up. Requests are signed as OCI asks for it:
 * https://docs.oracle.com/en-us/iaas/Content/API/Concepts/signingrequests.htm, read 2026-11-21.
 * The folders that it is started with become writable for every user, because new volumes belong to root. It never writes a secret to its log.
 */
export const VAULT_FILES_SCRIPT = `"use strict";
const { createPrivateKey, sign } = require("node:crypto");
const { chmodSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const environment = process.env;
const files = Object.entries(JSON.parse(environment.SECRET_FILES));
const host = "secrets.vaults." + environment.OCI_RESOURCE_PRINCIPAL_REGION + ".oci.oraclecloud.com";
const content = (name) => {
  const value = environment["OCI_RESOURCE_PRINCIPAL_" + name];
  return value && value.startsWith("/") ? readFileSync(value, "utf8").trim() : value;
};
const log = (outcome, detail) => console.log(JSON.stringify({ event: "governance.secret", outcome, at: new Date().toISOString(), ...detail }));

async function read(id) {
  const target = "/20190301/secretbundles/" + encodeURIComponent(id);
  const date = new Date().toUTCString();
  const text = "x-date: " + date + "\\n(request-target): get " + target + "\\nhost: " + host;
  const key = createPrivateKey({ key: content("PRIVATE_PEM"), passphrase: content("PRIVATE_PEM_PASSPHRASE") });
  const signature = sign("sha256", Buffer.from(text), key).toString("base64");
  const fields = ['version="1"', 'headers="x-date (request-target) host"', 'keyId="ST$' + content("RPST") + '"', 'algorithm="rsa-sha256"'];
  const authorization = "Signature " + [...fields, 'signature="' + signature + '"'].join(",");
  const headers = { authorization, "x-date": date };
  const response = await fetch("https://" + host + target, { headers, redirect: "error", signal: AbortSignal.timeout(10000) });
  if (!response.ok) throw Object.assign(new Error(), { code: response.status });
  const { secretBundleContent } = await response.json();
  return Buffer.from(secretBundleContent.content, "base64");
}

async function keep([file, id]) {
  try {
    const value = await read(id);
    writeFileSync(file + ".new", value, { mode: 0o444 });
    renameSync(file + ".new", file);
    return true;
  } catch (error) {
    log("failed", { file, reason: error.cause?.code ?? error.code ?? error.name });
    return false;
  }
}

async function all() {
  const kept = await Promise.all(files.map(keep));
  if (kept.every(Boolean)) log("kept", { files: files.length });
  setTimeout(all, kept.every(Boolean) ? 300000 : 5000);
}

for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(0));
for (const folder of process.argv.slice(1)) chmodSync(folder, 0o1777);
all();
`;
