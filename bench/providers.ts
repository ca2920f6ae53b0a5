import { existsSync } from "node:fs";
import { join } from "node:path";

/** The providers that are compiled, AWS first. */
export function compiledProviders(): readonly string[] {
  const all = ["aws", "digitalocean", "oci", "cloudflare", "github"];
  return all.filter((name) => existsSync(join(__dirname, "..", "dist", name, "index.js")));
}
