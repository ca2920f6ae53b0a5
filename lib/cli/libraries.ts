import { createRequire } from "node:module";
import type { StatefulTypes } from "../change/stateful";
import { providerName, type Inventory } from "../facts/inventory";
import type { Provider } from "../provider";

const load = createRequire(__filename);

/** The providers of this package: each is the export of that name in the folder of that name, loaded when something of it is there. */
const PROVIDERS: readonly string[] = ["aws", "digitalocean", "oci", "cloudflare", "github"];

function provider(name: string): Provider {
  return (load(`../${name}/provider`) as Readonly<Record<string, Provider>>)[name] as Provider;
}

/** The providers of what is in a stack, as far as this package has them. */
export function providersOf({ resources }: Inventory): readonly Provider[] {
  return namesOf(resources.map(({ type }) => type)).map(provider);
}

/** Every provider of this package. */
export function allProviders(): readonly Provider[] {
  return PROVIDERS.map(provider);
}

/** What holds data among these resource types. */
export function statefulAmong(types: Iterable<string>): StatefulTypes {
  return Object.assign({}, ...namesOf(types).map((name) => provider(name).stateful ?? {})) as StatefulTypes;
}

function namesOf(types: Iterable<string>): readonly string[] {
  return [...new Set([...types].map(providerName))].filter((name) => PROVIDERS.includes(name)).sort();
}
