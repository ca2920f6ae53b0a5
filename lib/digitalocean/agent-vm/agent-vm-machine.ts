import { formatCloudConfig, tryCloudConfig, type MachineFile, type WrittenCloudConfig } from "../../runtime/cloud-init";
import { machineConfig, readSettings, type MachinePlatform, type MachineSettings } from "../../runtime/machine";
import type { AgentVmSpec } from "../../spec/agent-vm";
import { IntentError } from "../../spec/check";

/** Most bytes of user data. Source: https://docs.digitalocean.com/reference/api/digitalocean/#tag/Droplets, `user_data`, read 2026-11-21. */
const MAX_USER_DATA = 65_536;

/** Packages beside those of every machine. */
export const DIGITALOCEAN_PACKAGES = [] as const;

/** Where the machine's own services keep what is theirs; the first start puts the wrapped token there. */
const STATE_FOLDER = "/var/lib/machine";
const SETTINGS_FILE = "/etc/machine/settings.json";

/** What a droplet is told at its first start. */
export interface FirstStart {
  readonly settings: MachineSettings;
  /** Address of the vault, without path. */
  readonly vault: string;
  /** The token that opens the vault once. */
  readonly wrappedToken: string;
}

/**
 * The user data of a droplet, as plain text.
 * @throws IntentError when it is more than DigitalOcean takes.
 */
export function userData(path: string, spec: AgentVmSpec, firstStart: FirstStart): string {
  const text = literal(formatCloudConfig(machineConfig(spec, platform(firstStart))));
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_USER_DATA) {
    const fix = "use fewer units and variables, or move long values into a file of the bundle";
    const want = `at most ${MAX_USER_DATA} bytes with settings and units (DigitalOcean limit)`;
    throw new IntentError(path, [{ prop: "units", got: `${bytes} bytes of user data`, want, fix }]);
  }
  return text;
}

/** What `userData` made; undefined for other user data. */
export function tryReadUserData(text: unknown): { readonly config: WrittenCloudConfig; readonly settings: MachineSettings } | undefined {
  const config = typeof text === "string" ? tryCloudConfig(unescape(text)) : undefined;
  const settings = config?.write_files?.find((file) => file.path === SETTINGS_FILE);
  return config === undefined || settings === undefined ? undefined : { config, settings: readSettings(settings.content) };
}

/** Text as Terraform has to be given it, so that nothing in it is taken for an expression; references of ours stay what they are. */
function literal(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)|%\{/g, (opening) => `${opening[0]}${opening}`);
}

/** The inverse of `literal`. */
function unescape(text: string): string {
  return text.replace(/\$\$\{|%%\{/g, (opening) => opening.slice(1));
}

function platform({ settings, vault, wrappedToken }: FirstStart): MachinePlatform {
  return {
    cloudModule: CLOUD_MODULE.replace("@VAULT@", vault),
    packages: DIGITALOCEAN_PACKAGES,
    keepsState: true,
    files: [secretFile(`${STATE_FOLDER}/wrapped-token`, wrappedToken), secretFile(SETTINGS_FILE, JSON.stringify(settings))],
    commands: [["passwd", "--lock", "root"]],
  };
}

/** The line break keeps the content a block of its own, in which nothing is quoted. */
function secretFile(path: string, line: string): MachineFile {
  return { path, content: `${line}\n`, mode: "0600" };
}

/** The module `cloud` of `machine.py`; `@VAULT@` stands for the address of the vault. */
export const CLOUD_MODULE = `"""What machine.py needs where machines have no identity: a token that the first start unwraps once, and the vault that it opens."""
import json
import os
import shutil
import urllib.request

SETTINGS = "${SETTINGS_FILE}"
VAULT = "@VAULT@/v1/"
WRAPPED = "${STATE_FOLDER}/wrapped-token"
TOKEN = "${STATE_FOLDER}/token"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read().strip()


def ask(path, token, method="GET"):
    headers = {"X-Vault-Token": token, "X-Vault-Request": "true"}
    request = urllib.request.Request(VAULT + path, method=method, headers=headers)
    with urllib.request.build_opener(NoRedirect).open(request, timeout=30) as answer:
        return json.load(answer)


def unwrap():
    token = ask("sys/wrapping/unwrap", read(WRAPPED), "POST")["auth"]["client_token"]
    with open(os.open(TOKEN + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(token)
        file.flush()
        os.fsync(file.fileno())
    os.replace(TOKEN + ".new", TOKEN)
    os.remove(WRAPPED)


def token():
    if not os.path.exists(TOKEN):
        unwrap()
    return read(TOKEN)


def settings():
    ask("auth/token/renew-self", token(), "POST")
    with open(SETTINGS, encoding="utf-8") as file:
        return json.load(file)


def secret(reference):
    path, _, field = reference.partition("#")
    data = ask(path, token())["data"]
    if isinstance(data.get("data"), dict) and "metadata" in data:
        data = data["data"]
    return data[field]


def device(volume):
    return "/dev/disk/by-id/scsi-0DO_Volume_" + volume


def download(url, path):
    with urllib.request.urlopen(url, timeout=60) as source, open(path, "wb") as target:
        shutil.copyfileobj(source, target)
`;
