import { Fn, Token, type TerraformResource } from "cdktf";
import { asList, block } from "../facts/inventory";
import { LABEL_KEYS, LABEL_NAMES, type LabelSet } from "../labels";
import type { EncodedLabels, LabelCarrier, LabelProjection } from "../provider";
import { Check, IntentError, isToken } from "../spec/check";
import taggable from "./taggable.json";

/** What stands before the first colon of a tag. */
export const TAG_KEYS = LABEL_NAMES;

/** Longest tag. Source: `^[a-zA-Z0-9:\-_]{1,255}$` in digitalocean/tag/tags.go of the Terraform provider 2.71.0, read 2026-11-21. */
const MAX_TAG_LENGTH = 255;
const TAG = /^[a-zA-Z0-9:_-]{1,255}$/;

/**
 * A value as it may stand in a tag: letters a to z, digits, `-` and `:` as they are, every other byte of UTF-8 as `_` and two hexadecimal digits.
 * Capitals too: DigitalOcean keeps whichever spelling of a tag it saw first, and the provider compares tags without regard to case.
 */
export function escapeTagValue(value: string): string {
  return value.replace(/[^a-z0-9:-]/gu, (character) => Buffer.from(character).toString("hex").replace(/../g, "_$&"));
}

/** The value again; what is no escape stays as it is. */
export function unescapeTagValue(text: string): string {
  return text.replace(/(?:_[0-9a-f]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll("_", ""), "hex").toString());
}

function encode(labels: LabelSet, path: string): EncodedLabels {
  const check = new Check<LabelSet>(`${path} labels`, labels, LABEL_KEYS);
  const encoded: Record<string, string> = {};
  for (const key of LABEL_KEYS) {
    const value = labels[key];
    if (value === undefined) continue;
    const escaped = escapeTagValue(value);
    const length = TAG_KEYS[key].length + 1 + escaped.length;
    if (length > MAX_TAG_LENGTH) check.issue(key, value, wantedLength(TAG_KEYS[key], length), "make it shorter");
    else if (unescapeTagValue(escaped) !== value) check.issue(key, value, "text of whole Unicode characters");
    encoded[TAG_KEYS[key]] = escaped;
  }
  return check.done(encoded);
}

function wantedLength(key: string, length: number): string {
  const counted = "every byte but a to z, 0 to 9, - and : counts three";
  return `a value that with "${key}:" fits into ${MAX_TAG_LENGTH} characters (DigitalOcean tag); it takes ${length}, because ${counted}`;
}

function decode(encoded: EncodedLabels): Partial<LabelSet> {
  const found = LABEL_KEYS.flatMap((key) => {
    const escaped = encoded[TAG_KEYS[key]];
    return escaped === undefined ? [] : [[key, unescapeTagValue(escaped)]];
  });
  return Object.fromEntries(found) as Partial<LabelSet>;
}

/** Tags as an L1 takes them: a list, or an expression that gives one when Terraform runs. */
type Tags = readonly string[] | undefined;

/** `a:b` is b under a; a tag without a colon has no value. A key of ours counts in any case, as DigitalOcean has it. */
function entryOf(tag: string): [string, string] {
  const colon = tag.indexOf(":");
  const [key, value] = colon === -1 ? [tag, ""] : [tag.slice(0, colon), tag.slice(colon + 1)];
  return [OWN_KEYS.has(key.toLowerCase()) ? key.toLowerCase() : key, value];
}

const OWN_KEYS: ReadonlySet<string> = new Set(Object.values(TAG_KEYS));

function tagsOf(labels: EncodedLabels): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}:${value}`);
}

/** Refuses tags that the provider would refuse when it plans. */
function checkTags({ node }: TerraformResource, tags: Tags): void {
  const wrong = tags === undefined || isToken(tags) ? [] : tags.filter((tag) => !isToken(tag) && !TAG.test(tag));
  const want = `1 to ${MAX_TAG_LENGTH} letters, digits, ":", "-" and "_" (DigitalOcean tag)`;
  if (wrong.length > 0)
    throw new IntentError(
      node.path,
      wrong.map((got) => ({ prop: "tags", got, want })),
    );
}

/** Expressions that labels were already added to, by what came out: a second visit adds nothing more. */
const joined = new WeakMap<object, string[]>();

/** Tags with the labels, which win over tags with the same key. */
function merged(given: Tags, labels: EncodedLabels): string[] {
  if (given === undefined) return tagsOf(labels);
  if (!isToken(given)) return [...given.filter((tag) => !(entryOf(tag)[0] in labels)), ...tagsOf(labels)];
  const result = joined.get(given) ?? Token.asList(Fn.concat([given, tagsOf(labels)]));
  joined.set(given, result).set(result, result);
  return result;
}

/** The tags that can be seen at synth; of several with one key that which says something else than the labels. */
function visible(tags: Tags, labels: EncodedLabels): EncodedLabels {
  if (tags === undefined || isToken(tags)) return {};
  const same = ([key, value]: [string, string]) => Number(labels[key] !== value);
  return Object.fromEntries(tags.map(entryOf).sort((one, other) => same(one) - same(other)));
}

/** Tags in the final JSON: a list, or an expression that ends with the labels. */
function literals(tags: unknown): EncodedLabels {
  const texts = typeof tags === "string" ? [...tags.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text) : asList(tags);
  return Object.fromEntries(texts.filter((tag) => typeof tag === "string").map(entryOf));
}

interface Tagged {
  tags?: string[];
  readonly tagsInput?: string[];
}

/** Most types: one list. */
const TAG_LIST: LabelCarrier = {
  write: (resource, labels) => {
    const tagged = resource as TerraformResource & Tagged;
    const given = tagged.tagsInput;
    checkTags(resource, given);
    tagged.tags = merged(given, labels);
    return visible(given, labels);
  },
  read: (attributes) => literals(attributes.tags),
};

interface Template {
  readonly tags?: string[];
}

/** A pool of droplets has no tags of its own: it hands them on to the droplets that it makes. */
const AUTOSCALE_TAGS: LabelCarrier = {
  write: (resource, labels) => {
    const pool = resource as unknown as { dropletTemplateInput?: Template; putDropletTemplate(template: Template): void };
    const template = pool.dropletTemplateInput ?? {};
    checkTags(resource, template.tags);
    pool.putDropletTemplate({ ...template, tags: merged(template.tags, labels) });
    return visible(template.tags, labels);
  },
  read: (attributes) => literals(block(attributes.droplet_template).tags),
};

/** A Kubernetes cluster, and the droplets of its first node pool. */
const CLUSTER_TAGS: LabelCarrier = {
  write: (resource, labels) => {
    const cluster = resource as unknown as { nodePoolInput?: Template; putNodePool(pool: Template): void };
    const given = TAG_LIST.write(resource, labels);
    const pool = cluster.nodePoolInput;
    if (pool === undefined) return given;
    checkTags(resource, pool.tags);
    cluster.putNodePool({ ...pool, tags: merged(pool.tags, labels) });
    return { ...visible(pool.tags, labels), ...given };
  },
  read: TAG_LIST.read,
};

const CARRIERS: ReadonlyMap<string, LabelCarrier> = new Map([
  ...taggable.map((type): [string, LabelCarrier] => [type, TAG_LIST]),
  ["digitalocean_droplet_autoscale", AUTOSCALE_TAGS],
  ["digitalocean_kubernetes_cluster", CLUSTER_TAGS],
]);

/**
 * Labels as DigitalOcean tags, on the types whose tags say what something is. On firewalls and monitor alerts tags choose what they work on,
 * so labels are never written there. The provider replaces a read replica whose tags change: a new label makes it anew.
 */
export const digitalOceanLabels: LabelProjection = { encode, decode, carrierOf: (type) => CARRIERS.get(type) };
