import * as fs from "node:fs";
import * as path from "node:path";
import type { Stack } from "./support/apps";
import { copyAssets, describeStacks } from "./support/apps";
import { withInventedCredentials } from "./support/invented-credentials";
import { WORK } from "./support/paths";
import { expectSuccess, run } from "./support/run";
import type { Terraform } from "./support/terraform";
import { findTerraform, missingProviders, withMirroredVersions } from "./support/terraform";
import type { Block, TerraformJson } from "./support/terraform-json";
import { notChecked } from "./support/tools";

async function plan({ app, name, folder, json }: Stack, { program, mirror, env }: Terraform): Promise<string> {
  const cwd = path.join(WORK, "offline-plan", app.name, name);
  const options = { cwd, env: { ...env, ...variablesOf(json) } };
  fs.rmSync(cwd, { recursive: true, force: true });
  fs.mkdirSync(cwd, { recursive: true });
  copyAssets(folder, cwd);
  const copy = withInventedCredentials(withMirroredVersions(json, mirror));
  const local = { ...copy, terraform: { ...copy.terraform, backend: undefined } };
  fs.writeFileSync(path.join(cwd, "cdk.tf.json"), JSON.stringify(local, null, 2));
  expectSuccess(await run(program, ["init", "-input=false", "-no-color"], options));
  return expectSuccess(await run(program, ["plan", "-input=false", "-no-color"], options)).stdout;
}

/** Something for every variable that its owner gives at deployment. */
function variablesOf({ variable }: TerraformJson): Record<string, string> {
  const open = Object.entries((variable ?? {}) as Record<string, Block>).filter(([, body]) => body.default === undefined);
  return Object.fromEntries(open.map(([name]) => [`TF_VAR_${name}`, "given-at-deployment"]));
}

describe("terraform plan with the providers' own binaries, and credentials that nobody has", () => {
  const terraform = findTerraform();
  if (typeof terraform === "string") return notChecked(terraform);
  describeStacks((stack) => {
    if (stack.json.provider?.aws !== undefined) return;
    const missing = missingProviders(stack.json, terraform.mirror);
    if (missing.length > 0) return notChecked(`stack ${stack.name} was not planned: the mirror has no ${missing.join(", ")}`);
    if (stack.json.data?.terraform_remote_state)
      return notChecked(`stack ${stack.name} was not planned: it reads the outputs of a stack that has to be deployed first`);
    test(`plans stack ${stack.name}`, async () => {
      expect(await plan(stack, terraform)).toMatch(/Plan: [1-9]\d* to add, 0 to change, 0 to destroy/);
    });
  });
});
