import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const fixture = (name: string) => join(root, "test/change/fixtures", `${name}.json`);

/** Runs the command line as a process of its own. */
function start(args: readonly string[], input?: string, env: Readonly<Record<string, string>> = {}) {
  const node = ["-r", "@swc-node/register", "lib/cli/main.ts", ...args];
  return spawnSync(process.execPath, node, { cwd: root, input, encoding: "utf8", env: { ...process.env, ...env } });
}

describe("the process", () => {
  test("reads a plan from standard input, and ends with what it found", () => {
    const { status, stdout, stderr } = start(["plan-guard", "-"], readFileSync(fixture("replace"), "utf8"));
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^fail the plan \(Terraform 1\.11\.4\): 2 of what holds data would be lost\n/);
  });

  test("ends with 2, one line and no stack trace on input that is cut off", () => {
    const { status, stdout, stderr } = start(["plan-guard", "-"], "{");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(
      /^governed-agents: standard input: got JSON that is cut off after 1 characters, want a plan of Terraform as JSON; .*\n$/,
    );
  });

  test("helps without loading the engine", () => {
    const script = `process.argv = ["node", "main", "--help"]; require("./lib/cli/main.ts"); process.stderr.write(String(Object.keys(require.cache).some((file) => /node_modules.(cdktf|@cdktf|constructs)/.test(file))));`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-r", "@swc-node/register", "-e", script], { cwd: root, encoding: "utf8" });
    expect(stdout).toContain("Usage: governed-agents");
    expect(stderr).toBe("false");
  });
});
