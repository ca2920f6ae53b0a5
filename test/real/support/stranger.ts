import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ROOT } from "./paths";
import type { RunResult } from "./run";
import { expectSuccess, run } from "./run";

/** The program of the README, as a user writes it. */
const PROGRAM = path.join(ROOT, "examples", "quickstart", "main.ts");
const NEEDED = ["cdktf", "constructs", "@cdktf/provider-aws", "typescript", "@types/node"];

/** A program for the provider whose bindings are in the package: it needs no peer but the engine. */
const OCI_PROGRAM = `import { App, TerraformStack } from "cdktf";
import { OciNetwork, useCompartment } from "cdktf-governed-agents/oci";
import { OciProvider } from "cdktf-governed-agents/oci/bindings/provider";

const app = new App();
const stack = new TerraformStack(app, "oci");
new OciProvider(stack, "oci", { region: "us-ashburn-1" });
useCompartment(stack, "ocid1.compartment.oc1..aaaaexample");
new OciNetwork(stack, "Network", { cidr: "10.20.0.0/16", egress: "none", availabilityDomains: ["Uocm:US-ASHBURN-AD-1"] });
app.synth();
`;

export interface TypeCheck {
  readonly resolution: string;
  readonly file: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Every way in which TypeScript finds a package. */
export const TYPE_CHECKS: readonly TypeCheck[] = [
  { resolution: "node10", file: "main.ts", options: { module: "commonjs", moduleResolution: "node10" } },
  { resolution: "node16, CommonJS", file: "main.ts", options: { module: "node16", moduleResolution: "node16" } },
  { resolution: "node16, ES module", file: "module.mts", options: { module: "node16", moduleResolution: "node16" } },
  { resolution: "bundler", file: "main.ts", options: { module: "esnext", moduleResolution: "bundler" } },
];

/** An empty project outside of the repository, with the packed library and its peers. */
export class StrangerProject {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "stranger-"));

  async install(): Promise<void> {
    const packed = expectSuccess(await run("npm", ["pack", "--json", "--pack-destination", this.folder]));
    const [{ filename } = { filename: "" }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf("[\n"))) as { filename: string }[];
    this.write("package.json", JSON.stringify({ name: "stranger", version: "1.0.0", private: true }));
    const flags = ["install", "--no-audit", "--no-fund", "--prefer-offline", "--save-exact"];
    expectSuccess(await run("npm", [...flags, `./${filename}`, ...this.dependencies()], { cwd: this.folder }));
    const program = fs.readFileSync(PROGRAM, "utf8");
    this.write("main.ts", program);
    this.write("module.mts", withFileImports(program));
    this.write("oci.ts", OCI_PROGRAM);
    this.write("oci.mts", OCI_PROGRAM);
  }

  /** Checks types and writes the JavaScript next to the program. */
  compile({ file, options, resolution }: TypeCheck): Promise<RunResult> {
    const name = `tsconfig.${resolution.replace(/\W+/g, "-")}.json`;
    const compilerOptions = { target: "ES2022", strict: true, types: ["node"], skipLibCheck: true, ...options };
    this.write(name, JSON.stringify({ compilerOptions, files: [file, `oci${path.extname(file)}`] }));
    return this.run("node_modules/.bin/tsc", ["-p", name]);
  }

  run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
    return run(program, args, { cwd: this.folder, env });
  }

  write(name: string, content: string): void {
    fs.writeFileSync(path.join(this.folder, name), content);
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** The versions that the repository is developed with. */
  private dependencies(): string[] {
    const { devDependencies } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as PackageJson;
    return NEEDED.map((name) => `${name}@${devDependencies[name]}`);
  }
}

interface PackageJson {
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Provider packages list no entry points, so an ES module has to name the file. */
function withFileImports(program: string): string {
  return program.replace(/(@cdktf\/provider-[a-z]+\/lib\/[a-z0-9-]+)"/g, '$1/index.js"');
}
