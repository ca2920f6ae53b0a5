import { isAbsolute, relative } from "node:path";
import type { TerraformJson } from "../facts/inventory";

/**
 * The Terraform JSON for a snapshot: keys sorted, without the engine's metadata and with paths relative to the working directory, so that it changes only when the infrastructure does.
 */
export function snapshot(json: TerraformJson): unknown {
  return strip(json);
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value === "string") return isAbsolute(value) && value.startsWith(process.cwd()) ? relative(process.cwd(), value) : value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "//");
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, child]) => [key, strip(child)]));
}
