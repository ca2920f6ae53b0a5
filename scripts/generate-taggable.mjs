// Lists the AWS resource types that take a `tags` map, as the installed bindings declare them.
// Run it after a change of @cdktf/provider-aws: node scripts/generate-taggable.mjs
import { readdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";

const bindings = join(import.meta.dirname, "../node_modules/@cdktf/provider-aws/lib");

export function taggableTypes() {
  return readdirSync(bindings)
    .map((name) => join(bindings, name, "index.d.ts"))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"))
    .filter((text) => /extends cdktf\.TerraformResource\b/.test(text) && /get tagsInput\(\): \{\s*\[key: string\]: string;/.test(text))
    .map((text) => /tfResourceType = "([a-z0-9_]+)"/.exec(text)[1])
    .sort();
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, "../lib/aws/taggable.json"), JSON.stringify(taggableTypes(), undefined, 2) + "\n");
}
