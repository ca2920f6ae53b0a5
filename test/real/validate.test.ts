import * as fs from "node:fs";
import * as path from "node:path";
import type { Stack } from "./support/apps";
import { copyAssets, describeStacks } from "./support/apps";
import { WORK } from "./support/paths";
import { expectSuccess, run } from "./support/run";
import type { Terraform } from "./support/terraform";
import { findTerraform, missingProviders, withMirroredVersions } from "./support/terraform";
import { notChecked, say } from "./support/tools";

interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly snippet?: { readonly context?: string; readonly code?: string };
}

async function validate(stack: Stack, terraform: Terraform): Promise<Diagnostic[]> {
  const cwd = path.join(WORK, "validate", stack.app.name, stack.name);
  fs.rmSync(cwd, { recursive: true, force: true });
  fs.mkdirSync(cwd, { recursive: true });
  copyAssets(stack.folder, cwd);
  fs.writeFileSync(path.join(cwd, "cdk.tf.json"), JSON.stringify(withMirroredVersions(stack.json, terraform.mirror), null, 2));
  expectSuccess(await run(terraform.program, ["init", "-backend=false", "-input=false", "-no-color"], { cwd, env: terraform.env }));
  const validated = await run(terraform.program, ["validate", "-json"], { cwd, env: terraform.env });
  return (JSON.parse(validated.stdout) as { diagnostics: Diagnostic[] }).diagnostics;
}

function describeDiagnostic({ severity, summary, detail, address, snippet }: Diagnostic): string {
  return [`${severity}: ${summary}`, address ?? snippet?.context, snippet?.code?.trim(), detail].filter(Boolean).join("\n  ");
}

describe("terraform validate with the real provider", () => {
  const terraform = findTerraform();
  if (typeof terraform === "string") return notChecked(terraform);
  describeStacks((stack) => {
    const missing = missingProviders(stack.json, terraform.mirror);
    if (missing.length > 0) return notChecked(`stack ${stack.name} was not validated: the mirror has no ${missing.join(", ")}`);
    test(`accepts stack ${stack.name}`, async () => {
      const diagnostics = await validate(stack, terraform);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      diagnostics.filter((one) => !errors.includes(one)).forEach((warning) => say(`${stack.name}: ${describeDiagnostic(warning)}`));
      expect(errors.map(describeDiagnostic).join("\n\n")).toBe("");
    });
  });
});
