import type { TerraformResource } from "cdktf";
import { asList } from "../facts/inventory";
import { LABEL_KEYS, type LabelKey, type LabelSet } from "../labels";
import type { EncodedLabels, LabelCarrier, LabelProjection } from "../provider";
import { Check, IntentError } from "../spec/check";
import { labelsIn, literalTags, mergedTags, visibleTags } from "../tag-map";
import taggable from "./taggable.json";

/** Tag keys at AWS. */
export const TAG_KEYS = {
  project: "project",
  environment: "environment",
  costCenter: "cost-center",
  owner: "owner",
  governanceId: "governance:id",
  governanceEndpoint: "governance:endpoint",
  agentId: "governance:agent-id",
  layer: "layer",
  dataClass: "data-class",
  managedBy: "managed-by",
} as const satisfies Record<LabelKey, string>;

/** The tag keys that cost reports can be grouped by. */
export const COST_TAG_KEYS = [
  TAG_KEYS.project,
  TAG_KEYS.environment,
  TAG_KEYS.costCenter,
  TAG_KEYS.owner,
  TAG_KEYS.agentId,
  TAG_KEYS.layer,
] as const;

/** What a tag value may hold. Source: AWS tagging guide, read 2026-11-21. */
export const TAG_VALUE = {
  pattern: /^[\p{L}\p{N}\p{Z}+\-=._:/@]{1,256}$/u,
  want: "1 to 256 letters, digits, blanks and + - = . _ : / @ (AWS tag value)",
};

function encode(labels: LabelSet, path: string): EncodedLabels {
  const check = new Check<LabelSet>(`${path} labels`, labels, LABEL_KEYS);
  const tags: Record<string, string> = {};
  for (const key of LABEL_KEYS) {
    const value = labels[key];
    if (value === undefined) continue;
    tags[TAG_KEYS[key]] = check.text(key, TAG_VALUE);
  }
  return check.done(tags);
}

interface Tagged {
  tags?: EncodedLabels;
  readonly tagsInput?: EncodedLabels;
}

/** Most tags of a resource, and of the types that take fewer. Sources: AWS tagging guide, Amazon S3 object tagging, read 2026-11-21. */
const MAX_TAGS = 50;
const FEWER_TAGS: Readonly<Record<string, number>> = { aws_s3_object: 10, aws_s3_object_copy: 10, aws_s3_bucket_object: 10 };

/** Most types: one map. Labels of ours win; other tags stay. */
const TAG_MAP: LabelCarrier = {
  write: (resource, labels) => {
    const tagged = resource as TerraformResource & Tagged;
    const given = tagged.tagsInput;
    const tags = mergedTags(given, labels);
    const [count, most] = [Object.keys(visibleTags(tags)).length, FEWER_TAGS[resource.terraformResourceType] ?? MAX_TAGS];
    if (count > most) {
      const want = `${most} tags or fewer with the labels (${resource.terraformResourceType} at AWS)`;
      throw new IntentError(resource.node.path, [{ prop: "tags", got: count, want, fix: "remove some tags" }]);
    }
    tagged.tags = tags;
    return visibleTags(given);
  },
  read: (attributes) => literalTags(attributes.tags),
};

/** A tag map, and more places to which the labels are handed on; `handOn` gives back what was there. */
function tagMapAnd<R>(handOn: (resource: R, labels: EncodedLabels) => EncodedLabels): LabelCarrier {
  return {
    write: (resource, labels) => {
      const given = TAG_MAP.write(resource, labels);
      return { ...handOn(resource as R, labels), ...given };
    },
    read: TAG_MAP.read,
  };
}

interface AutoscalingTag {
  readonly key: string;
  readonly value: string;
  readonly propagateAtLaunch: boolean;
}

/** An autoscaling group has a list of blocks, handed on to what it launches. */
const AUTOSCALING_TAGS: LabelCarrier = {
  write: (resource, labels) => {
    const group = resource as unknown as { tagInput?: AutoscalingTag[]; putTag(tags: AutoscalingTag[]): void };
    const given = group.tagInput ?? [];
    if (!Array.isArray(given)) return {};
    const own = Object.entries(labels).map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
    group.putTag([...given.filter((tag) => !(tag.key in labels)), ...own]);
    return Object.fromEntries(given.map((tag) => [tag.key, tag.value]));
  },
  read: (attributes) => Object.fromEntries((asList(attributes.tag) as AutoscalingTag[]).map((tag) => [tag.key, tag.value])),
};

interface TagSpecification {
  readonly resourceType?: string;
  readonly tags?: EncodedLabels;
}

interface LaunchTemplate {
  readonly tagSpecificationsInput?: TagSpecification[];
  putTagSpecifications(list: TagSpecification[]): void;
}

const LAUNCHED = ["instance", "volume", "network-interface"] as const;

/** A launch template hands its labels on to what it launches. */
const LAUNCH_TEMPLATE_TAGS = tagMapAnd<LaunchTemplate>((template, labels) => {
  const given = template.tagSpecificationsInput ?? [];
  if (!Array.isArray(given)) return {};
  const more = LAUNCHED.filter((type) => given.every(({ resourceType }) => resourceType !== type)).map((resourceType) => ({
    resourceType,
  }));
  template.putTagSpecifications([...given, ...more].map((launched: TagSpecification) => withTags(launched, "tags", labels)));
  return Object.assign({}, ...given.map(({ tags }) => visibleTags(tags))) as EncodedLabels;
});

/** The same block with the labels among its tags. */
function withTags<Key extends string, B extends { readonly [K in Key]?: EncodedLabels }>(part: B, key: Key, labels: EncodedLabels): B {
  return { ...part, [key]: mergedTags(part[key], labels) };
}

interface BlockDevice {
  readonly tags?: EncodedLabels;
}

interface Instance {
  volumeTags?: EncodedLabels;
  readonly volumeTagsInput?: EncodedLabels;
  readonly rootBlockDeviceInput?: BlockDevice;
  readonly ebsBlockDeviceInput?: BlockDevice[];
  putRootBlockDevice(device: BlockDevice): void;
  putEbsBlockDevice(devices: BlockDevice[]): void;
}

/** An instance hands its labels on to its volumes: through `volume_tags` if it has them, which AWS does not take beside tags of single volumes. */
const INSTANCE_TAGS = tagMapAnd<Instance>((instance, labels) => {
  const { volumeTagsInput, rootBlockDeviceInput = {}, ebsBlockDeviceInput = [] } = instance;
  if (volumeTagsInput !== undefined) {
    instance.volumeTags = mergedTags(volumeTagsInput, labels);
    return visibleTags(volumeTagsInput);
  }
  const devices = Array.isArray(ebsBlockDeviceInput) ? ebsBlockDeviceInput : [];
  instance.putRootBlockDevice(withTags(rootBlockDeviceInput, "tags", labels));
  if (devices.length > 0) instance.putEbsBlockDevice(devices.map((device) => withTags(device, "tags", labels)));
  return Object.assign({}, ...[rootBlockDeviceInput, ...devices].map(({ tags }) => visibleTags(tags))) as EncodedLabels;
});

/** A service hands its labels on to its tasks. */
const SERVICE_TAGS = tagMapAnd<{ propagateTags: string; enableEcsManagedTags: boolean }>((service) => {
  service.propagateTags = "SERVICE";
  service.enableEcsManagedTags = true;
  return {};
});

/** A database hands its labels on to its snapshots. */
const DATABASE_TAGS = tagMapAnd<{ copyTagsToSnapshot: boolean }>((database) => {
  database.copyTagsToSnapshot = true;
  return {};
});

interface BackupRule {
  readonly recoveryPointTags?: EncodedLabels;
}

/** A backup plan hands its labels on to its recovery points, rule by rule. */
const BACKUP_PLAN_TAGS = tagMapAnd<{ ruleInput: BackupRule[]; putRule(rules: BackupRule[]): void }>((plan, labels) => {
  const rules = plan.ruleInput;
  if (!Array.isArray(rules)) return {};
  plan.putRule(rules.map((rule) => withTags(rule, "recoveryPointTags", labels)));
  return Object.assign({}, ...rules.map(({ recoveryPointTags }) => visibleTags(recoveryPointTags))) as EncodedLabels;
});

const CARRIERS: ReadonlyMap<string, LabelCarrier> = new Map([
  ...taggable.map((type): [string, LabelCarrier] => [type, TAG_MAP]),
  ["aws_autoscaling_group", AUTOSCALING_TAGS],
  ["aws_launch_template", LAUNCH_TEMPLATE_TAGS],
  ["aws_instance", INSTANCE_TAGS],
  ["aws_ecs_service", SERVICE_TAGS],
  ["aws_db_instance", DATABASE_TAGS],
  ["aws_rds_cluster", DATABASE_TAGS],
  ["aws_backup_plan", BACKUP_PLAN_TAGS],
]);

/** Labels as AWS tags. */
export const awsLabels: LabelProjection = { encode, decode: (tags) => labelsIn(tags, TAG_KEYS), carrierOf: (type) => CARRIERS.get(type) };
