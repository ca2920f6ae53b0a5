import { createRequire } from "node:module";
import type * as awsProvider from "../aws/provider";
import type * as awsStateful from "../aws/stateful";
import type { StatefulTypes } from "../change/stateful";
import type { Inventory } from "../facts/inventory";
import type { Provider } from "../provider";

const load = createRequire(__filename);

/** The providers of this package, each loaded when something of it is there. */
const PROVIDERS: Readonly<Record<string, () => Provider>> = {
  aws: () => (load("../aws/provider") as typeof awsProvider).aws,
};

/** What they know to hold data, without anything else of them. */
const STATEFUL: Readonly<Record<string, () => StatefulTypes>> = {
  aws: () => (load("../aws/stateful") as typeof awsStateful).awsStateful,
};

/** The providers of what is in a stack, as far as this package has them. */
export function providersOf({ resources }: Inventory): readonly Provider[] {
  return namesOf(resources.map(({ type }) => type)).flatMap((name) => PROVIDERS[name]?.() ?? []);
}

/** Every provider of this package. */
export function allProviders(): readonly Provider[] {
  return Object.values(PROVIDERS).map((provider) => provider());
}

/** What holds data among these resource types. */
export function statefulAmong(types: Iterable<string>): StatefulTypes {
  return Object.assign({}, ...namesOf(types).map((name) => STATEFUL[name]?.() ?? {})) as StatefulTypes;
}

function namesOf(types: Iterable<string>): readonly string[] {
  return [...new Set([...types].map((type) => type.slice(0, type.indexOf("_"))))].sort().filter((name) => Object.hasOwn(PROVIDERS, name));
}
