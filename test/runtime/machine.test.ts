import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { compress, formatCloudConfig, tryCloudConfig, tryDecompress } from "../../lib/runtime/cloud-init";
import { MACHINE_SCRIPT } from "../../lib/runtime/machine-script";
import { formatCommand, formatUnit, readCommandLine, readSection } from "../../lib/runtime/systemd";

describe("commands of a unit", () => {
  const word = fc.string({ minLength: 1 }).filter((text) => !/[\u0000-\u001f\u007f]/.test(text));

  test("survive being written and read", () => {
    fc.assert(fc.property(fc.array(word, { minLength: 1 }), (words) => expect(readCommandLine(formatCommand(words))).toEqual(words)));
  });

  test("are neither expanded nor split", () => {
    expect(formatCommand(["/bin/a", "100%", "$HOME", "a b", 'say "x"', "\\", "it's", ";"])).toBe(
      String.raw`/bin/a 100%% $$HOME "a b" "say \"x\"" "\\" "it's" ";"`,
    );
  });

  test("a section gives the last value of each key", () => {
    const text = formatUnit({
      Unit: [["After", "a"]],
      Service: [
        ["After", "b"],
        ["ExecStart", "/bin/a --b=c"],
        ["User", "x"],
        ["User", "y"],
      ],
    });
    expect(readSection(text, "Service")).toEqual({ After: "b", ExecStart: "/bin/a --b=c", User: "y" });
    expect(readSection(text, "Install")).toEqual({});
  });
});

describe("a cloud-config", () => {
  const config = {
    packages: ["git"],
    users: [{ name: "agent", home: "/var/lib/agent", groups: ["governance"] }],
    files: [{ path: "/etc/a", content: '#!/bin/sh\n\techo: "x" # y\n  {a}\n', mode: "0755" as const }],
    mounts: [["LABEL=x", "/x", "ext4", "nofail", "0", "2"]],
    commands: [["systemctl", "daemon-reload"]],
  };

  test("survives being written, packed and read, and gives the same bytes everywhere", () => {
    const packed = compress(formatCloudConfig(config));
    expect(tryCloudConfig(tryDecompress(packed) ?? "")).toMatchObject({
      packages: ["git"],
      write_files: [{ path: "/etc/a", permissions: "0755", content: config.files[0]?.content }],
      mounts: config.mounts,
      runcmd: config.commands,
    });
    expect(createHash("sha256").update(packed).digest("hex")).toMatchInlineSnapshot(
      `"3e01717889466624f2d1adc3806ee6e5152bc9173faa786cde8e8328651649b9"`,
    );
  });

  test("other user data is none", () => {
    expect(tryCloudConfig("#!/bin/sh\n")).toBeUndefined();
    expect(tryDecompress(Buffer.from("#!/bin/sh\n"))).toBeUndefined();
  });
});

const python = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status === 0;

/** Runs against a stand-in for the provider's module and for the commands of the machine. */
(python ? describe : describe.skip)("the machine's script", () => {
  let root: string;
  const path = (...parts: string[]) => join(root, ...parts);
  const text = (...parts: string[]) => readFileSync(path(...parts), "utf8");

  const archive = (content: string) => {
    mkdirSync(path("source", "top"), { recursive: true });
    writeFileSync(path("source", "top", "run"), content);
    spawnSync("tar", ["-cf", path("agent.tar"), "-C", path("source"), "top"]);
    return createHash("sha256")
      .update(readFileSync(path("agent.tar")))
      .digest("hex");
  };

  const settings = (change: object = {}) => ({
    dataVolume: "vol-1",
    governance: { environment: { AGENT_ID: "assistant" }, keySecret: "key", missedHeartbeats: 3 },
    environment: { LEVEL: 'a "quoted" $value\\' },
    secrets: { LLM: "llm" },
    units: { main: { MODE: "full" } },
    software: {},
    database: { environment: { DATABASE_HOST: "db" }, secret: "database" },
    ...change,
  });

  const run = (task: string, wanted: object) => {
    writeFileSync(path("settings.json"), JSON.stringify(wanted));
    return spawnSync("python3", [path("machine.py"), task], {
      encoding: "utf8",
      timeout: 5000,
      env: { PATH: `${path("bin")}:${process.env.PATH}`, ROOT: root },
    });
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "machine-"));
    for (const folder of ["agent", "governance", "software", "commands", "bin", "opt"]) mkdirSync(path(folder));
    const script = MACHINE_SCRIPT.replace('"/run/agent"', `"${path("agent")}"`)
      .replace('"/run/governance"', `"${path("governance")}"`)
      .replace('"/opt/software"', `"${path("software")}"`)
      .replace('"/usr/bin"', `"${path("commands")}"`)
      .replace("grp.getgrnam(group).gr_gid", "os.getgid()")
      .replace("os.fchown(file.fileno(), 0,", "os.fchown(file.fileno(), os.getuid(),");
    writeFileSync(path("machine.py"), script);
    writeFileSync(path("cloud.py"), CLOUD);
    writeFileSync(path("bin", "systemctl"), '#!/bin/sh\necho "$@" >> "$ROOT/restarts"\n', { mode: 0o755 });
    writeFileSync(path("bin", "mkfs.ext4"), '#!/bin/sh\necho "$@" > "$ROOT/formatted"\n', { mode: 0o755 });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("settings write the environment of each unit, and the key for those who may read it", () => {
    expect(run("settings", settings()).status).toBe(0);
    expect(text("governance", "key")).toBe("secret of key");
    expect(text("governance", "environment")).toBe('AGENT_ID="assistant"\n');
    expect(text("agent", "main.environment").split("\n")).toEqual([
      'DATABASE_HOST="db"',
      'DATABASE_PASSWORD="pass"',
      'DATABASE_USER="user"',
      String.raw`LEVEL="a \"quoted\" \$value\\"`,
      'LLM="secret of llm"',
      'MODE="full"',
      "",
    ]);
  });

  test("a database whose user is known has its password in a secret of its own", () => {
    const database = { environment: { DATABASE_HOST: "db", DATABASE_USER: "app" }, password: "memory" };
    expect(run("settings", settings({ database })).status).toBe(0);
    expect(text("agent", "main.environment")).toContain('DATABASE_HOST="db"\nDATABASE_PASSWORD="secret of memory"\nDATABASE_USER="app"\n');
  });

  test("only a volume with nothing on it is formatted", () => {
    const device = path("volume");
    run("settings", settings({ dataVolume: device }));
    writeFileSync(device, Buffer.concat([Buffer.alloc(1024), Buffer.from("data"), Buffer.alloc(4096)]));
    expect(run("data", {}).status).toBe(0);
    expect(() => text("formatted")).toThrow("ENOENT");
    writeFileSync(device, Buffer.alloc(1 << 20));
    expect(run("data", {}).status).toBe(0);
    expect(text("formatted")).toBe(`-q -L agent-data ${device}\n`);
  });

  test("software is unpacked when its digest is right, and the version before is kept", () => {
    const install = (sha256: string) =>
      settings({
        software: { agent: { url: path("agent.tar"), sha256, stripComponents: 1, path: path("opt", "agent"), commands: { run: "run" } } },
      });
    const versions = ["one", "two", "three"].map((content) => {
      const sha256 = archive(content);
      run("settings", install(sha256));
      expect(run("software", install(sha256)).stderr).toBe("");
      expect(text("opt", "agent", "run")).toBe(content);
      expect(text("commands", "run")).toBe(content);
      return path("software", `agent-${sha256}`);
    });
    expect(readlinkSync(path("opt", "agent"))).toBe(versions[2]);
    const kept = spawnSync("ls", [path("software")], { encoding: "utf8" })
      .stdout.trim()
      .split("\n");
    expect(kept.map((name) => path("software", name)).sort()).toEqual([versions[1], versions[2]].sort());
    run("settings", install("0".repeat(64)));
    expect(run("refresh", install("0".repeat(64))).stderr).toMatch(/ValueError: .*agent\.tar has the digest [0-9a-f]{64}, not 0{64}/);
    expect(text("opt", "agent", "run")).toBe("three");
  });

  test("a refresh restarts the agent when something has changed, and only then", () => {
    run("settings", settings());
    run("software", settings());
    expect(run("refresh", settings()).status).toBe(0);
    expect(() => text("restarts")).toThrow("ENOENT");
    expect(run("refresh", settings({ environment: { LEVEL: "debug" } })).status).toBe(0);
    expect(run("refresh", settings({ environment: { LEVEL: "debug" } })).status).toBe(0);
    expect(text("restarts")).toBe("restart agent.target\n");
    expect(text("agent", "main.environment")).toContain('LEVEL="debug"');
  });

  test("a refresh that fails changes nothing and says why", () => {
    run("settings", settings());
    const failed = run("refresh", settings({ secrets: { LLM: "missing" } }));
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain("no such secret");
    expect(text("agent", "main.environment")).toContain('LLM="secret of llm"');
  });
});

const CLOUD = `
import json, os, shutil
def settings():
    return json.load(open(os.environ["ROOT"] + "/settings.json"))
def secret(reference):
    if reference == "missing":
        raise KeyError("no such secret")
    return '{"username": "user", "password": "pass"}' if reference == "database" else "secret of " + reference
def device(volume):
    return volume
def download(url, path):
    shutil.copy(url, path)
`;
