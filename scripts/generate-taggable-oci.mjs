// Lists the OCI resource types that take free-form tags, as the real provider's schema declares them.
// Run it after a change of schemas/oci.json: node scripts/generate-taggable-oci.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

export function taggableTypes() {
  const { provider_schemas } = JSON.parse(readFileSync(join(root, "schemas/oci.json"), "utf8"));
  return Object.values(provider_schemas)
    .flatMap(({ resource_schemas }) => Object.entries(resource_schemas))
    .filter(([, { block }]) => block.attributes.freeform_tags?.optional === true)
    .map(([type]) => type)
    .sort();
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(root, "lib/oci/taggable.json"), JSON.stringify(taggableTypes(), undefined, 2) + "\n");
}
