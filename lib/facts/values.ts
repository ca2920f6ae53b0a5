import { asList, block, type Inventory, type ResourceView } from "./inventory";
import type { Encryption, Known } from "./posture";

export type Attributes = ResourceView["attributes"];

/** Whether a value is known only when Terraform runs. */
export function isExpression(value: unknown): value is string {
  return typeof value === "string" && value.includes("${");
}

/** True or false, `fallback` when nothing is said. */
export function flag(value: unknown, fallback: boolean): Known<boolean> {
  if (value === undefined || value === null) return fallback;
  if (typeof value === "boolean") return value;
  return value === "true" || value === "false" ? value === "true" : "unknown";
}

/** A number, `fallback` when nothing is said. */
export function numeric(value: unknown, fallback: number): Known<number> {
  if (value === undefined || value === null) return fallback;
  const number = typeof value === "string" && value.trim() === "" ? NaN : Number(value);
  return Number.isNaN(number) ? "unknown" : number;
}

/** A word, `fallback` when nothing is said. */
export function word(value: unknown, fallback: string): Known<string> {
  if (value === undefined || value === null) return fallback;
  return typeof value === "string" && !isExpression(value) ? value : "unknown";
}

/** The same with what the word has to be. */
export function oneOf(value: unknown, words: readonly string[], fallback: string): Known<boolean> {
  const found = word(value, fallback);
  return found === "unknown" ? found : words.includes(found);
}

/** Whether anything is said; a reference to something says it. */
export function given(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** Whether all hold: one that does not decides, and then one that is unknown. */
export function all(values: readonly Known<boolean>[]): Known<boolean> {
  if (values.includes(false)) return false;
  return values.includes("unknown") ? "unknown" : true;
}

/** Whether one holds. */
export function some(values: readonly Known<boolean>[]): Known<boolean> {
  if (values.includes(true)) return true;
  return values.includes("unknown") ? "unknown" : false;
}

export function not(value: Known<boolean>): Known<boolean> {
  return value === "unknown" ? value : !value;
}

/** Encryption by a switch, and the key of the customer beside it. */
export function encryptionOf(switched: Known<boolean>, key: unknown): Known<Encryption> {
  if (switched === "unknown") return switched;
  if (!switched) return "none";
  return given(key) ? "customer-key" : "provider-key";
}

/** Whether a range is the whole internet, or half of it, which two rules make whole. */
export function isWorld(cidr: unknown): Known<boolean> {
  return isExpression(cidr) ? "unknown" : /\/[01]$/.test(String(cidr));
}

/** What a list of references leads to; undefined for what stands elsewhere. */
export function referredIn(value: unknown, inventory: Inventory): readonly (ResourceView | undefined)[] {
  return asList(value).map((one) => inventory.referred(one));
}

/** The resources of a type that configure another one, which they name by reference or by its literal name. */
export function settingsOf(
  type: string,
  attribute: string,
  target: ResourceView,
  nameAttribute: string,
  inventory: Inventory,
): readonly ResourceView[] {
  const referring = inventory.referring(type, attribute, target);
  const name = target.attributes[nameAttribute];
  if (referring.length > 0 || typeof name !== "string") return referring;
  return byName(type, attribute, inventory).get(name) ?? [];
}

const INDEXES = new WeakMap<Inventory, Map<string, Map<string, ResourceView[]>>>();

function byName(type: string, attribute: string, inventory: Inventory): ReadonlyMap<string, ResourceView[]> {
  const indexes = INDEXES.get(inventory) ?? new Map<string, Map<string, ResourceView[]>>();
  INDEXES.set(inventory, indexes);
  const key = `${type}.${attribute}`;
  const known = indexes.get(key);
  if (known !== undefined) return known;
  const index = new Map<string, ResourceView[]>();
  for (const resource of inventory.resources) {
    const name = resource.type === type ? resource.attributes[attribute] : undefined;
    if (typeof name === "string") index.set(name, [...(index.get(name) ?? []), resource]);
  }
  indexes.set(key, index);
  return index;
}

/** Names of variables that look like secrets. */
const SECRET_NAME = /(^|_)(PASS(WORD|WD|PHRASE)?|SECRET|TOKEN|CREDENTIALS?|(API|PRIVATE|ACCESS|SECRET)_?KEY)(_|$)/i;

/** What a key looks like: access keys of AWS, tokens of GitHub, Slack and model providers, private keys. */
const SECRET_VALUE =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bsk-[A-Za-z0-9_-]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Names of what ends in a file path, an identifier or a public part: it says where a secret is. */
const POINTER_NAME = /_(FILE|PATH|ARN|ID|NAME|URL|HOST|PORT|SECONDS|TTL|LIMIT|VERSION)$/i;

/** Names of variables that hold what looks like a secret. */
export function secretNames(variables: readonly (readonly [string, unknown])[]): readonly string[] {
  return variables.flatMap(([name, value]) => {
    if (typeof value !== "string" || value === "") return [];
    return SECRET_VALUE.test(value) || (SECRET_NAME.test(name) && !POINTER_NAME.test(name)) ? [name] : [];
  });
}

/** Whether text holds what looks like a key, or gives a variable with a secret name a value. */
export function secretsInText(text: string): readonly string[] {
  const found = SECRET_VALUE.test(text) ? ["a key"] : [];
  const assigned = [...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)=["']?([^\s"'$]{8,})/gm)];
  return [...found, ...secretNames(assigned.map(([, name, value]) => [name as string, value] as const))];
}

export { asList, block };
