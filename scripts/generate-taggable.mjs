// Lists the AWS resource types that take a `tags` map if they like (where it is required, tags mean something else), as the installed bindings declare them.
// Run it after a change of @cdktf/provider-aws: node scripts/generate-taggable.mjs
import { readdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";

const bindings = join(import.meta.dirname, "../node_modules/@cdktf/provider-aws/lib");

/** The declaration of the resource itself, without the classes of its nested blocks. */
function resourceClass(text) {
  return /export declare class \w+ extends cdktf\.TerraformResource \{[\s\S]*?\n\}/.exec(text)?.[0] ?? "";
}

// Types whose tags came with provider 6: an argument that provider 5.100 does not know would make a stack invalid there.
const ONLY_IN_6 = new Set([
  "aws_kinesis_stream_consumer",
  "aws_route53recoverycontrolconfig_cluster",
  "aws_route53recoverycontrolconfig_control_panel",
  "aws_route53recoverycontrolconfig_safety_rule",
  "aws_s3_access_point",
  "aws_s3_directory_bucket",
  "aws_s3tables_table",
  "aws_s3tables_table_bucket",
]);

export function taggableTypes() {
  return readdirSync(bindings)
    .map((name) => join(bindings, name, "index.d.ts"))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"))
    .filter((text) => /\bresetTags\(\): void;[\s\S]*?get tagsInput\(\): \{\s*\[key: string\]: string;/.test(resourceClass(text)))
    .map((text) => /tfResourceType = "([a-z0-9_]+)"/.exec(text)[1])
    .filter((type) => !ONLY_IN_6.has(type))
    .sort();
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, "../lib/aws/taggable.json"), JSON.stringify(taggableTypes(), undefined, 2) + "\n");
}
