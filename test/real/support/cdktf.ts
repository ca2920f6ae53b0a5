import * as fs from "node:fs";
import * as path from "node:path";
import type { App, Stack } from "./apps";
import type { Emulator } from "./emulator";
import { ROOT, WORK } from "./paths";
import type { RunResult } from "./run";
import { run, withoutColour } from "./run";
import type { Terraform } from "./terraform";

const CLI = path.join(ROOT, "node_modules", ".bin", "cdktf");
const LIMIT_SECONDS = 20 * 60;
const APPLY = ["--auto-approve", "--terraform-parallelism", "30"];

/** The user's commands for one app, run with the real CLI and the real provider against an emulator. */
export class CdktfProject {
  private readonly folder: string;
  private readonly state: string;
  private readonly destroyAll: readonly string[];

  constructor(
    app: App,
    /** The stacks that are deployed. */
    private readonly stacks: readonly Stack[],
    private readonly terraform: Terraform,
    private readonly emulator: Emulator,
  ) {
    this.folder = path.join(WORK, "life", app.name);
    this.destroyAll = ["destroy", ...this.names(), ...APPLY];
    this.state = path.join(this.folder, "state");
    fs.rmSync(this.folder, { recursive: true, force: true });
    fs.mkdirSync(this.state, { recursive: true });
    const wrapper = path.join(__dirname, "emulated-app.ts");
    const command = `node -r @swc-node/register ${JSON.stringify(wrapper)} ${JSON.stringify(app.main)}`;
    const settings = { language: "typescript", app: command, projectId: app.name, sendCrashReports: "false", terraformProviders: [] };
    fs.writeFileSync(path.join(this.folder, "cdktf.json"), JSON.stringify(settings));
  }

  async deploy(options: { unprotect: boolean }): Promise<void> {
    const args = ["deploy", ...this.names(), ...APPLY];
    this.expectSuccess(await this.cdktf("deploy", args, options.unprotect));
  }

  /** The plan of a stack that is not what was deployed; undefined when there is nothing to do. */
  async changes(stack: Stack): Promise<string | undefined> {
    const { stdout } = this.expectSuccess(await this.cdktf(`diff-${stack.name}`, ["diff", stack.name], false));
    return stdout.includes("No changes. Your infrastructure matches the configuration.") ? undefined : withoutRefreshes(stdout);
  }

  /** What the command says when it refuses because something is protected; undefined when it does not refuse. */
  async refusal(): Promise<string | undefined> {
    const { code, stdout, stderr } = await this.cdktf("destroy-protected", this.destroyAll, false);
    return code === 0 ? undefined : diagnostics(stdout + stderr);
  }

  /** Destroys what is not protected (any more). */
  async destroy(): Promise<void> {
    this.expectSuccess(await this.cdktf("destroy", this.destroyAll, true));
  }

  /** Addresses that Terraform still manages in any stack of the app. */
  managedResources(): string[] {
    const files = fs.readdirSync(this.state).filter((file) => file.endsWith(".tfstate"));
    const states = files.map((file) => JSON.parse(fs.readFileSync(path.join(this.state, file), "utf8")) as State);
    return states.flatMap(({ resources }) => resources.filter(({ mode }) => mode === "managed").map(({ type, name }) => `${type}.${name}`));
  }

  private names(): readonly string[] {
    return this.stacks.map(({ name }) => name);
  }

  private expectSuccess(result: RunResult): RunResult {
    if (result.code === 0) return result;
    throw new Error(
      `${result.command}\nended with ${result.code}; all of it is in ${this.folder}\n${diagnostics(result.stdout + result.stderr)}`,
    );
  }

  private async cdktf(label: string, args: readonly string[], unprotect: boolean): Promise<RunResult> {
    const result = await run(CLI, [...args, "--skip-provider-lock"], {
      cwd: this.folder,
      timeoutSeconds: LIMIT_SECONDS,
      env: {
        ...this.terraform.env,
        ...this.emulator.env,
        CI: "1",
        CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
        SWC_NODE_PROJECT: path.join(ROOT, "tsconfig.json"),
        EMULATED_STACKS: this.names().join(" "),
        EMULATED_MIRROR: this.terraform.mirror,
        EMULATED_STATE: this.state,
        EMULATED_UNPROTECT: unprotect ? "1" : "0",
      },
    });
    const log = withoutColour(`${result.stdout}\n${result.stderr}`);
    fs.writeFileSync(path.join(this.folder, `${label}.log`), log);
    return { ...result, stdout: withoutColour(result.stdout), stderr: withoutColour(result.stderr) };
  }
}

interface State {
  readonly resources: readonly { readonly mode: string; readonly type: string; readonly name: string }[];
}

/** Terraform's own diagnostics, which it draws with a bar on the left, and the lines that the CLI calls errors. */
function diagnostics(log: string): string {
  return log
    .split("\n")
    .filter((line) => /[│╷╵]|^\s*Error:/.test(line))
    .join("\n");
}

function withoutRefreshes(log: string): string {
  return log
    .split("\n")
    .filter((line) => !/Refreshing state\.\.\.|Reading\.\.\.|Read complete after/.test(line))
    .join("\n");
}
