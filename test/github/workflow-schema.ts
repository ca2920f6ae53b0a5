import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { parse } from "yaml";

let validate: ValidateFunction | undefined;

/** What the schema of workflows says is wrong with a file; nothing when it is right. See schemas/README.md for where the schema is from. */
export function workflowProblems(text: string): readonly string[] {
  validate ??= new Ajv({ strict: false, allErrors: false }).compile(
    JSON.parse(readFileSync(join(__dirname, "../../schemas/github-workflow.json"), "utf8")) as object,
  );
  return validate(parse(text)) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
