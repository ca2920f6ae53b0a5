import type { TerraformResource } from "cdktf";
import { asList } from "../facts/inventory";
import { LABEL_KEYS, LABEL_NAMES, type LabelKey, type LabelSet } from "../labels";
import type { EncodedLabels, LabelCarrier, LabelProjection } from "../provider";
import { Check, IntentError, isToken, type Issue } from "../spec/check";
import { labelsIn, literalTags, mergedTags, visibleTags } from "../tag-map";
import taggable from "./taggable.json";

/** Keys of free-form tags at OCI. */
export const TAG_KEYS = LABEL_NAMES;

/** The labels that costs can be told apart by: those are written as defined tags too when a namespace is named. */
export const COST_LABELS = ["project", "environment", "costCenter", "owner", "agentId", "layer"] as const satisfies readonly LabelKey[];

/** Limits of tags. Source: https://docs.oracle.com/en-us/iaas/Content/Tagging/Concepts/taggingoverview.htm ("Limits on Tags"), read 2026-11-21. */
const MAX_FREE_FORM = 10;
const MAX_BYTES = 5 * 1024;

/** What a tag value may hold. Same source. */
export const TAG_VALUE = { pattern: /^[\s\S]{1,256}$/, want: "text of 1 to 256 characters (OCI tag value)" };

/** What a tag key, and the name of a tag namespace, may look like. Same source: ASCII without blanks and periods. */
export const TAG_KEY = {
  pattern: /^[\x21-\x2d\x2f-\x7e]{1,100}$/,
  want: "1 to 100 ASCII characters without blanks and periods (OCI tag key)",
};

/** Where a defined tag stands among the encoded labels: `governance.project`. Free-form keys have no period, so nothing can collide. */
function definedKey(namespace: string, key: LabelKey): string {
  return `${namespace}.${TAG_KEYS[key]}`;
}

function encode(labels: LabelSet, path: string, namespace?: string): EncodedLabels {
  const check = new Check<LabelSet>(`${path} labels`, labels, LABEL_KEYS);
  const given = LABEL_KEYS.filter((key) => labels[key] !== undefined);
  const tags: Record<string, string> = Object.fromEntries(given.map((key) => [TAG_KEYS[key], check.text(key, TAG_VALUE)]));
  if (namespace !== undefined) {
    for (const key of COST_LABELS) if (labels[key] !== undefined) tags[definedKey(namespace, key)] = labels[key];
  }
  const bytes = Buffer.byteLength(JSON.stringify(tags));
  if (bytes > MAX_BYTES)
    check.issue("tags", bytes, `at most ${MAX_BYTES} bytes of tags on one resource (OCI limit)`, "shorten some labels");
  return check.done(tags);
}

/** A resource or a block that takes tags. */
interface Tagged {
  readonly freeformTags?: EncodedLabels;
  readonly definedTags?: EncodedLabels;
}

const isDefined = (key: string): boolean => key.includes(".");

/** The free-form or the defined ones among encoded labels. */
function part(labels: EncodedLabels, defined: boolean): EncodedLabels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => isDefined(key) === defined));
}

/** The same block with the labels among its tags. */
function withTags<B extends Tagged>(block: B, labels: EncodedLabels): B {
  const [freeForm, defined] = [part(labels, false), part(labels, true)];
  const definedTags = Object.keys(defined).length === 0 ? block.definedTags : mergedTags(block.definedTags, defined);
  return { ...block, freeformTags: mergedTags(block.freeformTags, freeForm), ...(definedTags === undefined ? {} : { definedTags }) };
}

/** What can be seen of the tags of blocks. */
function visibleIn(blocks: readonly Tagged[]): EncodedLabels {
  return Object.assign(
    {},
    ...blocks.flatMap((block) => [visibleTags(block.freeformTags), visibleTags(block.definedTags)]),
  ) as EncodedLabels;
}

interface TaggedResource {
  freeformTags?: EncodedLabels;
  definedTags?: EncodedLabels;
  readonly freeformTagsInput?: EncodedLabels;
  readonly definedTagsInput?: EncodedLabels;
}

/** @throws IntentError when OCI would refuse the tags that a user set beside the labels. */
function checkTags(resource: TerraformResource, tags: EncodedLabels): void {
  const issues: Issue[] = Object.keys(tags).flatMap((key) =>
    isToken(key) || TAG_KEY.pattern.test(key) ? [] : [{ prop: "freeformTags", got: key, want: TAG_KEY.want }],
  );
  const long = Object.entries(tags).filter(([, value]) => typeof value === "string" && !isToken(value) && value.length > 256);
  issues.push(...long.map(([key, got]) => ({ prop: `freeformTags.${key}`, got, want: TAG_VALUE.want })));
  const count = Object.keys(tags).length;
  if (count > MAX_FREE_FORM) {
    const want = `${MAX_FREE_FORM} free-form tags or fewer with the labels (OCI limit of a resource)`;
    issues.push({ prop: "freeformTags", got: count, want, fix: "remove some, or make them defined tags" });
  }
  if (issues.length > 0) throw new IntentError(resource.node.path, issues);
}

/** Most types: one map of free-form tags, one of defined tags. Labels win; other tags stay. */
const TAG_MAPS: LabelCarrier = {
  write: (resource, labels) => {
    const tagged = resource as TerraformResource & TaggedResource;
    const given = { freeformTags: tagged.freeformTagsInput, definedTags: tagged.definedTagsInput };
    const { freeformTags, definedTags } = withTags(given, labels);
    checkTags(resource, visibleTags(freeformTags));
    tagged.freeformTags = freeformTags;
    if (definedTags !== undefined) tagged.definedTags = definedTags;
    return visibleIn([given]);
  },
  read: (attributes) => ({ ...literalTags(attributes.freeform_tags), ...literalTags(attributes.defined_tags) }),
};

/** The tag maps, and blocks to which the labels are handed on; `handOn` gives back what was there. */
function tagMapsAnd<R>(handOn: (resource: R, labels: EncodedLabels) => EncodedLabels): LabelCarrier {
  return {
    write: (resource, labels) => {
      const given = TAG_MAPS.write(resource, labels);
      return { ...handOn(resource as R, labels), ...given };
    },
    read: TAG_MAPS.read,
  };
}

interface Instance {
  readonly createVnicDetailsInput?: Tagged;
  putCreateVnicDetails(details: Tagged): void;
}

/** A machine hands its labels on to the network card that it is created with. */
const INSTANCE_TAGS = tagMapsAnd<Instance>((instance, labels) => {
  const card = instance.createVnicDetailsInput;
  if (card === undefined) return {};
  instance.putCreateVnicDetails(withTags(card, labels));
  return visibleIn([card]);
});

interface ContainerInstance {
  readonly containersInput?: readonly Tagged[];
  readonly vnicsInput?: readonly Tagged[];
  putContainers(containers: readonly Tagged[]): void;
  putVnics(cards: readonly Tagged[]): void;
}

/** A container instance hands its labels on to its containers and network cards. */
const CONTAINER_INSTANCE_TAGS = tagMapsAnd<ContainerInstance>((instance, labels) => {
  const [containers, cards] = [blocksOf(instance.containersInput), blocksOf(instance.vnicsInput)];
  if (containers.length > 0) instance.putContainers(containers.map((container) => withTags(container, labels)));
  if (cards.length > 0) instance.putVnics(cards.map((card) => withTags(card, labels)));
  return visibleIn([...containers, ...cards]);
});

interface LaunchDetails extends Tagged {
  readonly createVnicDetails?: Tagged;
}

interface BlockVolumes {
  readonly createDetails?: Tagged;
}

interface InstanceDetails {
  readonly launchDetails?: LaunchDetails;
  readonly blockVolumes?: readonly BlockVolumes[];
}

interface InstanceConfiguration {
  readonly instanceDetailsInput?: InstanceDetails;
  putInstanceDetails(details: InstanceDetails): void;
}

/** The template of a pool hands its labels on to the machines that are launched from it, their network cards and volumes. */
const INSTANCE_CONFIGURATION_TAGS = tagMapsAnd<InstanceConfiguration>((configuration, labels) => {
  const details = configuration.instanceDetailsInput;
  if (details?.launchDetails === undefined) return {};
  const { launchDetails, blockVolumes = [] } = details;
  const card = launchDetails.createVnicDetails;
  const volumes = blocksOf(blockVolumes).map((volume) =>
    volume.createDetails === undefined ? volume : { ...volume, createDetails: withTags(volume.createDetails, labels) },
  );
  const launched = { ...withTags(launchDetails, labels), ...(card === undefined ? {} : { createVnicDetails: withTags(card, labels) }) };
  configuration.putInstanceDetails({ ...details, launchDetails: launched, ...(volumes.length > 0 ? { blockVolumes: volumes } : {}) });
  return visibleIn([launchDetails, ...(card === undefined ? [] : [card])]);
});

function blocksOf<B>(blocks: readonly B[] | undefined): readonly B[] {
  return Array.isArray(blocks) ? (asList(blocks) as readonly B[]) : [];
}

const CARRIERS: ReadonlyMap<string, LabelCarrier> = new Map([
  ...taggable.map((type): [string, LabelCarrier] => [type, TAG_MAPS]),
  ["oci_core_instance", INSTANCE_TAGS],
  ["oci_core_instance_configuration", INSTANCE_CONFIGURATION_TAGS],
  ["oci_container_instances_container_instance", CONTAINER_INSTANCE_TAGS],
]);

/** Labels as free-form tags, and those of cost reports as defined tags of a namespace too when one is named. */
export function ociLabels(tagNamespace?: string): LabelProjection {
  return {
    encode: (labels, path) => encode(labels, path, tagNamespace),
    decode: (tags) => labelsIn(tags, TAG_KEYS),
    carrierOf: (type) => CARRIERS.get(type),
  };
}
