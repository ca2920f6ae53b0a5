import { Fn, Token, type TerraformResource } from "cdktf";
import { asList } from "../facts/inventory";
import { LABEL_KEYS, LABEL_NAMES, type LabelSet } from "../labels";
import type { EncodedLabels, LabelCarrier, LabelProjection } from "../provider";
import { Check, IntentError, isToken } from "../spec/check";

const OWN_KEYS: ReadonlySet<string> = new Set(Object.values(LABEL_NAMES));

/**
 * Tags of one Worker. Cloudflare documents the number, and that `,` and `&` are to be avoided, for Workers in dispatch namespaces; for others it
 * says nothing. Source: https://developers.cloudflare.com/cloudflare-for-platforms/workers-for-platforms/configuration/tags/, read 2026-11-21.
 */
const MAX_TAGS = 8;

/** What separates labels and would end them, and what Terraform would read as an expression. */
const RESERVED = /[%;=,&$"\\[\]]|\p{Cc}/gu;

/** A value as it may stand in a tag or description: reserved characters as `%` and two hexadecimal digits. */
export function escapeValue(value: string): string {
  return value.replace(RESERVED, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`);
}

/** The value again. */
export function unescapeValue(text: string): string {
  return text.replace(/%([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
}

function encode(labels: LabelSet, path: string): EncodedLabels {
  const check = new Check<LabelSet>(`${path} labels`, labels, LABEL_KEYS);
  const entries = LABEL_KEYS.flatMap((key) => (labels[key] === undefined ? [] : [[LABEL_NAMES[key], labels[key]]]));
  return check.done(Object.fromEntries(entries) as EncodedLabels);
}

function decode(encoded: EncodedLabels): Partial<LabelSet> {
  const found = LABEL_KEYS.flatMap((key) => (encoded[LABEL_NAMES[key]] === undefined ? [] : [[key, encoded[LABEL_NAMES[key]]]]));
  return Object.fromEntries(found) as Partial<LabelSet>;
}

/** Labels behind the text that a description has anyway: `Front door [labels: project=atlas; owner=ops]`. */
const LABELLED = /^([^]*?) ?\[labels: ([^\]]*)\]$/;

function describe(given: string | undefined, labels: EncodedLabels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${escapeValue(value)}`);
  const text = given === undefined ? "" : (LABELLED.exec(given)?.[1] ?? given);
  return `${text === "" ? "" : `${text} `}[labels: ${pairs.join("; ")}]`;
}

function described(description: unknown): EncodedLabels {
  const pairs = typeof description === "string" ? (LABELLED.exec(description)?.[2] ?? "").split("; ") : [];
  return Object.fromEntries(pairs.filter((pair) => pair.includes("=")).map((pair) => entryOf(pair, "=")));
}

function entryOf(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ""] : [text.slice(0, at), unescapeValue(text.slice(at + 1))];
}

/** Types whose description people read. */
const DESCRIPTION: LabelCarrier = {
  write: (resource, labels) => {
    const one = resource as TerraformResource & { description?: string; readonly descriptionInput?: string };
    const given = one.descriptionInput;
    one.description = describe(given, labels);
    return described(given);
  },
  read: (attributes) => described(attributes.description),
};

type Tags = readonly string[] | undefined;

/** Labels as tags of a number: each one alone as long as there is room, the rest in the last one. */
function tagsOf(labels: EncodedLabels, room: number): string[] {
  const all = Object.entries(labels).map(([key, value]) => `${key}:${escapeValue(value)}`);
  return all.length <= room ? all : [...all.slice(0, room - 1), all.slice(room - 1).join(";")];
}

function entriesOf(tags: readonly unknown[]): EncodedLabels {
  const texts = tags.filter((tag): tag is string => typeof tag === "string");
  return Object.fromEntries(texts.flatMap((tag) => tag.split(";")).map((text) => entryOf(text, ":")));
}

const isOwn = (tag: string) => !isToken(tag) && OWN_KEYS.has(entryOf(tag, ":")[0]);

/** Expressions that labels were already added to: a second visit adds nothing more. */
const joined = new WeakMap<object, string[]>();

function merged({ node }: TerraformResource, given: Tags, labels: EncodedLabels): string[] {
  if (given !== undefined && isToken(given)) {
    const result = joined.get(given) ?? Token.asList(Fn.concat([given, tagsOf(labels, 1)]));
    joined.set(given, result).set(result, result);
    return result;
  }
  const others = (given ?? []).filter((tag) => !isOwn(tag));
  const want = `${MAX_TAGS - 1} or fewer beside the labels: a Worker has ${MAX_TAGS} tags (Cloudflare)`;
  if (others.length >= MAX_TAGS) throw new IntentError(node.path, [{ prop: "tags", got: others.length, want }]);
  return [...others, ...tagsOf(labels, MAX_TAGS - others.length)];
}

/** A Worker. */
const TAGS: LabelCarrier = {
  write: (resource, labels) => {
    const worker = resource as TerraformResource & { tags?: string[]; readonly tagsInput?: string[] };
    const given = worker.tagsInput;
    worker.tags = merged(resource, given, labels);
    return given === undefined || isToken(given) ? {} : entriesOf(given);
  },
  read: ({ tags }) => {
    const texts = typeof tags === "string" ? [...tags.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text) : asList(tags);
    return entriesOf(texts);
  },
};

const CARRIERS: ReadonlyMap<string, LabelCarrier> = new Map([
  ["cloudflare_worker", TAGS],
  ["cloudflare_load_balancer", DESCRIPTION],
  ["cloudflare_load_balancer_monitor", DESCRIPTION],
  ["cloudflare_load_balancer_pool", DESCRIPTION],
  ["cloudflare_notification_policy", DESCRIPTION],
  ["cloudflare_ruleset", DESCRIPTION],
]);

/**
 * Labels at Cloudflare: tags of Workers, and descriptions where a type has one that people read; the manifest has all of them.
 * Three types have tags. Those of DNS records are not on the Free plan, and a comment holds 100 characters there, which is too short for a set of
 * labels; those of access applications have to be made before they are used. R2, D1, Workers KV, queues and zones have nothing to write on.
 */
export const cloudflareLabels: LabelProjection = { encode, decode, carrierOf: (type) => CARRIERS.get(type) };
