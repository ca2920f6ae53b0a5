import { LABEL_KEYS, type LabelKey, type LabelSet } from "../labels";
import type { EncodedLabels, LabelProjection } from "../provider";
import { Check } from "../spec/check";

/** Keys as they stand in the manifest and in tags. */
export const LABEL_NAMES = {
  project: "project",
  environment: "environment",
  costCenter: "cost-center",
  owner: "owner",
  governanceId: "governance-id",
  governanceEndpoint: "governance-endpoint",
  agentId: "agent-id",
  layer: "layer",
  dataClass: "data-class",
  managedBy: "managed-by",
} as const satisfies Record<LabelKey, string>;

function encode(labels: LabelSet, path: string): EncodedLabels {
  const check = new Check<LabelSet>(`${path} labels`, labels, LABEL_KEYS);
  const entries = LABEL_KEYS.flatMap((key) => (labels[key] === undefined ? [] : [[LABEL_NAMES[key], labels[key]]]));
  return check.done(Object.fromEntries(entries) as EncodedLabels);
}

function decode(encoded: EncodedLabels): Partial<LabelSet> {
  const found = LABEL_KEYS.flatMap((key) => (encoded[LABEL_NAMES[key]] === undefined ? [] : [[key, encoded[LABEL_NAMES[key]]]]));
  return Object.fromEntries(found) as Partial<LabelSet>;
}

/** Labels at Cloudflare: no type carries them, the manifest has them all. */
export const cloudflareLabels: LabelProjection = { encode, decode, carrierOf: () => undefined };
