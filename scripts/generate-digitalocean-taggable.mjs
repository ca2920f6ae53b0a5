// Lists the DigitalOcean resource types whose `tags` say what something is, as the real provider's schema declares them.
// Run it after a change of schemas/digitalocean.json: node scripts/generate-digitalocean-taggable.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const schema = join(import.meta.dirname, "../schemas/digitalocean.json");

// Types whose tags choose what they work on: a label there would attach a firewall, or an alert, to everything that carries the label.
// Sources: docs/resources/firewall.md and monitor_alert.md of the provider 2.71.0.
const SELECTS = new Set(["digitalocean_firewall", "digitalocean_monitor_alert"]);

/** Whether an attribute is a list of text that users may set. */
function isTagList(attribute) {
  const [collection, element] = Array.isArray(attribute?.type) ? attribute.type : [];
  return attribute?.optional === true && ["set", "list"].includes(collection) && element === "string";
}

export function digitalOceanTaggableTypes() {
  const [provider] = Object.values(JSON.parse(readFileSync(schema, "utf8")).provider_schemas);
  return Object.entries(provider.resource_schemas)
    .filter(([type, { block }]) => isTagList(block.attributes?.tags) && !SELECTS.has(type))
    .map(([type]) => type)
    .sort();
}

if (process.argv[1] === import.meta.filename) {
  const target = join(import.meta.dirname, "../lib/digitalocean/taggable.json");
  writeFileSync(target, JSON.stringify(digitalOceanTaggableTypes(), undefined, 2) + "\n");
}
