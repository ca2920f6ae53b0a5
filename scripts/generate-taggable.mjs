// Lists the AWS resource types that take a `tags` map if they like (where it is required, tags mean something else), as the installed bindings declare them.
// Run it after a change of @cdktf/provider-aws: node scripts/generate-taggable.mjs
import { readdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";

const bindings = join(import.meta.dirname, "../node_modules/@cdktf/provider-aws/lib");

/** The declaration of the resource itself, without the classes of its nested blocks. */
function resourceClass(text) {
  return /export declare class \w+ extends cdktf\.TerraformResource \{[\s\S]*?\n\}/.exec(text)?.[0] ?? "";
}

export function taggableTypes() {
  return readdirSync(bindings)
    .map((name) => join(bindings, name, "index.d.ts"))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"))
    .filter((text) => /\bresetTags\(\): void;[\s\S]*?get tagsInput\(\): \{\s*\[key: string\]: string;/.test(resourceClass(text)))
    .map((text) => /tfResourceType = "([a-z0-9_]+)"/.exec(text)[1])
    .sort();
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, "../lib/aws/taggable.json"), JSON.stringify(taggableTypes(), undefined, 2) + "\n");
}
