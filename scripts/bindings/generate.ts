import { mkdtempSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import type * as Generator from "@cdktf/provider-generator";
import type { SchemaFile } from "./schema";

/** The engine's generator, kept from asking the network for its news and the machine for a Terraform that it doesn't need. */
async function loadGenerator(): Promise<typeof Generator> {
  process.env.CHECKPOINT_DISABLE = "1";
  process.env.CDKTF_LOG_LEVEL = "off";
  process.env.TERRAFORM_BINARY_NAME = "true";
  return import("@cdktf/provider-generator");
}

/**
 * Writes one folder for each type of the schema, with the binding as `index.js` and its types, in the way the engine makes bindings for any
 * provider. No Terraform and no network is needed. Gives back how many there are.
 */
export async function generateBindings(schema: SchemaFile, target: string): Promise<number> {
  mkdirSync(dirname(target), { recursive: true });
  const work = mkdtempSync(join(dirname(target), ".bindings-"));
  try {
    const { generateProviderBindingsFromSchema } = await loadGenerator();
    await generateProviderBindingsFromSchema(work, schema as never);
    const made = join(work, "providers", "oci");
    for (const root of ["index.ts", "lazy-index.ts", "README.md"]) rmSync(join(made, root), { force: true });
    const names = readdirSync(made, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    for (const name of names) rmSync(join(made, name, "README.md"), { force: true });
    compile(made, names);
    rmSync(target, { recursive: true, force: true });
    renameSync(made, target);
    return names.length;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Published bindings are compiled, so that nobody's type check has to go through them; these are too. */
function compile(folder: string, names: readonly string[]): void {
  const files = names.map((name) => join(folder, name, "index.ts"));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    declaration: true,
    skipLibCheck: true,
    types: ["node"],
  };
  const { diagnostics } = ts.createProgram(files, options).emit();
  const [first] = diagnostics;
  if (first !== undefined) throw new Error(ts.flattenDiagnosticMessageText(first.messageText, "\n"));
  for (const file of files) rmSync(file);
}
