import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { WORK } from "./paths";
import type { TerraformJson } from "./terraform-json";
import { findTool } from "./tools";

const REGISTRY = "registry.terraform.io";
const AWS = path.join(REGISTRY, "hashicorp", "aws");

/** Where a filesystem mirror of providers usually lies; folders right below these are looked at too. */
const USUAL_ROOTS = ["/opt", "/usr/share/terraform", "/usr/local/share/terraform", path.join(os.homedir(), ".terraform.d")];

export interface Terraform {
  readonly program: string;
  readonly mirror: string;
  /** Environment in which the program works without a network. */
  readonly env: NodeJS.ProcessEnv;
}

/** The installed Terraform with a provider mirror, or the sentence that says what is missing. */
export function findTerraform(): Terraform | string {
  const program = findTool("terraform");
  if (!program) return "terraform is not installed: nothing was validated, planned or applied";
  const mirror = findMirror();
  if (!mirror) return `no folder with ${AWS} was found (set GOVERNED_AGENTS_TF_MIRROR): nothing was validated, planned or applied`;
  return { program, mirror, env: { TF_CLI_CONFIG_FILE: writeCliConfig(mirror), TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" } };
}

/** Providers a stack needs that the mirror does not hold. */
export function missingProviders(json: TerraformJson, mirror: string): string[] {
  return requiredSources(json).filter((source) => versionsIn(mirror, source).length === 0);
}

/**
 * The same stack with its provider versions set to the newest in the mirror.
 * The bindings pin an exact version in the output; what is emitted has to be valid in the mirror's version as well.
 */
export function withMirroredVersions(json: TerraformJson, mirror: string): TerraformJson {
  const required = Object.entries(json.terraform?.required_providers ?? {}).map(([name, provider]) => {
    const version = versionsIn(mirror, provider.source).at(-1) ?? provider.version;
    return [name, { ...provider, version }];
  });
  return { ...json, terraform: { ...json.terraform, required_providers: Object.fromEntries(required) } };
}

function requiredSources(json: TerraformJson): string[] {
  return Object.values(json.terraform?.required_providers ?? {}).map((provider) => provider.source);
}

/** Versions of a provider in the mirror, oldest first; unpacked folders and packed archives both count. */
function versionsIn(mirror: string, source: string): string[] {
  const address = source.includes("/") ? source : `hashicorp/${source}`;
  const folder = path.join(mirror, address.split("/").length > 2 ? address : `${REGISTRY}/${address}`);
  if (!fs.existsSync(folder)) return [];
  const there = fs.readdirSync(folder).filter((entry) => entry.endsWith(".zip") || holdsProgram(path.join(folder, entry)));
  const versions = there.flatMap((entry) => /(?:^|_)(\d+\.\d+\.\d+)(?:$|_)/.exec(entry)?.[1] ?? []);
  return versions.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/** Whether an unpacked version has its program, for any platform. */
function holdsProgram(folder: string): boolean {
  return (
    fs.statSync(folder).isDirectory() &&
    fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).some((file) => /terraform-provider-/.test(file))
  );
}

function findMirror(): string | undefined {
  const given = process.env.GOVERNED_AGENTS_TF_MIRROR;
  if (given) return given;
  const below = (root: string) => (fs.existsSync(root) ? fs.readdirSync(root).map((entry) => path.join(root, entry)) : []);
  return USUAL_ROOTS.flatMap((root) => [root, ...below(root)]).find((folder) => fs.existsSync(path.join(folder, AWS)));
}

/** Terraform looks for providers in the mirror only, whatever the machine's own configuration says. */
function writeCliConfig(mirror: string): string {
  const file = path.join(WORK, "terraform.rc");
  fs.mkdirSync(WORK, { recursive: true });
  fs.writeFileSync(
    file,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  return file;
}
