import { Fn } from "cdktf";
import { LABEL_KEYS, type LabelKey, type LabelSet } from "./labels";
import type { EncodedLabels } from "./provider";
import { isToken } from "./spec/check";

/** Tags as an L1 takes them: a map, or an expression that gives one when Terraform runs. */
export type TagMap = EncodedLabels | undefined;

/** The labels that stand in a map of tags, by the keys that the provider writes them under; foreign keys are left out. */
export function labelsIn(tags: EncodedLabels, keys: Readonly<Record<LabelKey, string>>): Partial<LabelSet> {
  return Object.fromEntries(LABEL_KEYS.filter((key) => tags[keys[key]] !== undefined).map((key) => [key, tags[keys[key]]]));
}

/** Tags with the labels, which win. */
export function mergedTags(given: TagMap, labels: EncodedLabels): EncodedLabels {
  if (given === undefined) return labels;
  return isToken(given) ? (Fn.merge([given, labels]) as unknown as EncodedLabels) : { ...given, ...labels };
}

/** The tags that can be seen at synth. */
export function visibleTags(tags: TagMap): EncodedLabels {
  return tags === undefined || isToken(tags) ? {} : tags;
}

/** A pair of an object inside an expression: `"project" = "atlas"`. */
const PAIR = /"((?:[^"\\]|\\.)*)" = "((?:[^"\\]|\\.)*)"/g;

/** Tags in the final JSON: a map, or an expression that ends with the labels. */
export function literalTags(tags: unknown): EncodedLabels {
  if (typeof tags === "string") return Object.fromEntries([...tags.matchAll(PAIR)].map(([, key = "", value = ""]) => [key, value]));
  return typeof tags === "object" && tags !== null ? (tags as EncodedLabels) : {};
}
