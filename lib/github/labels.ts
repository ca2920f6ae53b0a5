import type { TerraformResource } from "cdktf";
import { asList } from "../facts/inventory";
import { LABEL_KEYS, LABEL_NAMES, type LabelSet } from "../labels";
import type { EncodedLabels, LabelCarrier, LabelProjection } from "../provider";
import { Check, IntentError, isToken, type Issue } from "../spec/check";

/** What stands before the `--` of a topic. */
export const TOPIC_KEYS = LABEL_NAMES;

/** What a topic may be. Source: github/resource_github_repository.go of the Terraform provider 6.9.0, read 2026-11-21. */
export const TOPIC = {
  pattern: /^[a-z0-9][a-z0-9-]{0,49}$/,
  want: 'a topic of 1 to 50 of a-z, 0-9 and "-", not starting with "-" (GitHub limit)',
} as const;
const MAX_TOPIC_LENGTH = 50;

/** Most topics of one repository. Source: https://docs.github.com/en/repositories, "Classifying your repository with topics", read 2026-11-21. */
export const MAX_TOPICS = 20;

/** Between key and value, and before the two hexadecimal digits of an escaped byte. */
const MARK = "--";

/**
 * The characters of a value as they may stand in a topic: a to z and 0 to 9 as they are, `-` too where it stands between two of them,
 * every other byte of UTF-8 as `--` and two hexadecimal digits. What comes of one character is not to be cut.
 */
function escaped(value: string): string[] {
  const characters = [...value];
  const plain = (character: string | undefined) => character !== undefined && /^[a-z0-9]$/.test(character);
  return characters.map((character, at) => {
    if (plain(character) || (character === "-" && plain(characters[at - 1]) && plain(characters[at + 1]))) return character;
    return Buffer.from(character).toString("hex").replace(/../g, `${MARK}$&`);
  });
}

/** The value again. */
function unescaped(text: string): string {
  return text.replace(/(?:--[0-9a-f]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll(MARK, ""), "hex").toString());
}

/** The value under its key; what does not fit into one topic goes on in `key-2`, `key-3`, and so on. */
function spread(key: string, value: string): [string, string][] {
  const parts: [string, string][] = [[key, ""]];
  for (const piece of escaped(value)) {
    const last = parts[parts.length - 1] as [string, string];
    if (last[0].length + MARK.length + last[1].length + piece.length <= MAX_TOPIC_LENGTH) last[1] += piece;
    else parts.push([`${key}-${parts.length + 1}`, piece]);
  }
  return parts;
}

function joined(encoded: EncodedLabels, key: string): string | undefined {
  const parts: string[] = [];
  for (let at = 1; ; at += 1) {
    const part = encoded[at === 1 ? key : `${key}-${at}`];
    if (part === undefined) break;
    parts.push(part);
  }
  return parts.length === 0 ? undefined : unescaped(parts.join(""));
}

function encode(labels: LabelSet, path: string): EncodedLabels {
  const check = new Check<LabelSet>(`${path} labels`, labels, LABEL_KEYS);
  const encoded: Record<string, string> = {};
  for (const key of LABEL_KEYS) {
    const value = labels[key];
    if (value === undefined) continue;
    const parts = Object.fromEntries(spread(TOPIC_KEYS[key], value));
    if (joined(parts, TOPIC_KEYS[key]) !== value) check.issue(key, value, "text of whole Unicode characters");
    Object.assign(encoded, parts);
  }
  const count = Object.keys(encoded).length;
  const want = `labels that fit into ${MAX_TOPICS} topics of ${MAX_TOPIC_LENGTH} characters (GitHub limit); they take ${count}`;
  const fix = 'make the longest shorter: every byte but a to z, 0 to 9 and "-" between them counts four';
  if (count > MAX_TOPICS) check.issue("labels", labels, want, fix);
  return check.done(encoded);
}

function decode(encoded: EncodedLabels): Partial<LabelSet> {
  const found = LABEL_KEYS.flatMap((key) => {
    const value = joined(encoded, TOPIC_KEYS[key]);
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(found) as Partial<LabelSet>;
}

/** `a--b` is b under a; a topic without `--` has no value. */
function entryOf(topic: string): [string, string] {
  const mark = topic.indexOf(MARK);
  return mark === -1 ? [topic, ""] : [topic.slice(0, mark), topic.slice(mark + MARK.length)];
}

function entriesOf(topics: readonly unknown[]): EncodedLabels {
  return Object.fromEntries(topics.filter((topic) => typeof topic === "string").map(entryOf));
}

/** Whether a topic is a label, or goes on with one. */
export function isLabelTopic(topic: string): boolean {
  const key = entryOf(topic)[0].replace(/-\d+$/, "");
  return topic.includes(MARK) && (Object.values(TOPIC_KEYS) as readonly string[]).includes(key);
}

/** Refuses topics that the provider or the service would refuse, and such as are known only when Terraform runs: they cannot be counted. */
function checkTopics({ node }: TerraformResource, given: readonly string[], all: readonly string[]): void {
  const issues: Issue[] = given
    .filter((topic) => isToken(topic) || !TOPIC.pattern.test(topic))
    .map((got) => ({ prop: "topics", got, want: TOPIC.want }));
  if (all.length > MAX_TOPICS)
    issues.push({ prop: "topics", got: given, want: `at most ${MAX_TOPICS - (all.length - given.length)} topics beside the labels` });
  if (issues.length > 0) throw new IntentError(node.path, issues);
}

interface WithTopics {
  topics?: string[];
  readonly topicsInput?: string[];
}

/** Labels beside the topics that a repository has. */
const TOPICS: LabelCarrier = {
  write: (resource, labels) => {
    const tagged = resource as TerraformResource & WithTopics;
    const given = tagged.topicsInput ?? [];
    if (isToken(given))
      throw new IntentError(resource.node.path, [{ prop: "topics", got: given, want: "literals: labels are counted together with them" }]);
    const kept = given.filter((topic) => isToken(topic) || !(entryOf(topic)[0] in labels));
    const all = [...kept, ...Object.entries(labels).map(([key, value]) => `${key}${MARK}${value}`)];
    checkTopics(resource, kept, all);
    tagged.topics = all;
    return entriesOf(given);
  },
  read: (attributes) => entriesOf(asList(attributes.topics)),
};

const CARRIERS: ReadonlyMap<string, LabelCarrier> = new Map([
  ["github_repository", TOPICS],
  ["github_repository_topics", TOPICS],
]);

/**
 * Labels as topics of a repository: the only thing at GitHub that carries them without something else that has to exist first.
 * A custom property would need its definition in the organization, and there are none for users; cost centers are no part of the Terraform provider.
 * A label that is too long for one topic, such as the governance endpoint, goes on in the next.
 */
export const githubLabels: LabelProjection = { encode, decode, carrierOf: (type) => CARRIERS.get(type) };
