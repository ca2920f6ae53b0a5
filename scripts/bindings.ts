import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateBindings } from "./bindings/generate";
import { schemaChanges, takeOver, type SchemaFile } from "./bindings/schema";

// Makes the OCI bindings from schemas/oci.json, or takes over a newer schema first and prints what changed:
// npm run bindings [-- <output of "terraform providers schema -json"> [type to add ...]]
const [file, ...added] = process.argv.slice(2);
const own = join(__dirname, "../schemas/oci.json");
const target = join(__dirname, "../lib/oci/bindings");
const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as SchemaFile;

async function main(): Promise<void> {
  const before = read(own);
  const after = file === undefined ? before : takeOver(before, read(file), added);
  if (file !== undefined) {
    const changes = schemaChanges(before, after);
    console.log(changes.length === 0 ? "nothing changed" : changes.join("\n"));
    writeFileSync(own, `${JSON.stringify(after)}\n`);
  }
  const count = await generateBindings(after, target);
  console.log(`oci: ${count} bindings in lib/oci/bindings`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
