import type { TerraformResource } from "cdktf";
import { asList } from "../facts/inventory";
import { LABEL_KEYS, type LabelKey, type LabelSet } from "../labels";
import type { EncodedLabels, LabelCarrier, LabelProjection } from "../provider";
import { Check } from "../spec/check";
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

function decode(tags: EncodedLabels): Partial<LabelSet> {
  return Object.fromEntries(LABEL_KEYS.filter((key) => tags[TAG_KEYS[key]] !== undefined).map((key) => [key, tags[TAG_KEYS[key]]]));
}

interface Tagged {
  tags?: EncodedLabels;
  readonly tagsInput?: EncodedLabels;
}

/** Most types: one map. Labels of ours win; other tags stay. */
const TAG_MAP: LabelCarrier = {
  write: (resource, labels) => {
    const tagged = resource as TerraformResource & Tagged;
    const given = tagged.tagsInput;
    tagged.tags = given === undefined ? labels : { ...given, ...labels };
    return given ?? {};
  },
  read: (attributes) => literals(attributes.tags),
};

/** A tag map, and one more place to which the labels are handed on. */
function tagMapAnd<R>(handOn: (resource: R, labels: EncodedLabels) => void): LabelCarrier {
  return {
    write: (resource, labels) => {
      const given = TAG_MAP.write(resource, labels);
      handOn(resource as R, labels);
      return given;
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
    const own = Object.entries(labels).map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
    group.putTag([...given.filter((tag) => !(tag.key in labels)), ...own]);
    return Object.fromEntries(given.map((tag) => [tag.key, tag.value]));
  },
  read: (attributes) => Object.fromEntries((asList(attributes.tag) as AutoscalingTag[]).map((tag) => [tag.key, tag.value])),
};

const LAUNCHED = ["instance", "volume", "network-interface"] as const;

/** A launch template hands its labels on to what it launches. */
const LAUNCH_TEMPLATE_TAGS = tagMapAnd<{ putTagSpecifications(list: object[]): void }>((template, tags) =>
  template.putTagSpecifications(LAUNCHED.map((resourceType) => ({ resourceType, tags }))),
);

/** An instance hands its labels on to its root volume. */
const INSTANCE_TAGS = tagMapAnd<{ rootBlockDeviceInput?: object; putRootBlockDevice(device: object): void }>((instance, tags) =>
  instance.putRootBlockDevice({ ...instance.rootBlockDeviceInput, tags }),
);

/** A service hands its labels on to its tasks. */
const SERVICE_TAGS = tagMapAnd<{ propagateTags: string; enableEcsManagedTags: boolean }>((service) => {
  service.propagateTags = "SERVICE";
  service.enableEcsManagedTags = true;
});

/** A database hands its labels on to its snapshots. */
const DATABASE_TAGS = tagMapAnd<{ copyTagsToSnapshot: boolean }>((database) => {
  database.copyTagsToSnapshot = true;
});

/** A backup plan hands its labels on to its recovery points, rule by rule. */
const BACKUP_PLAN_TAGS = tagMapAnd<{ ruleInput: object[]; putRule(rules: object[]): void }>((plan, recoveryPointTags) =>
  plan.putRule(plan.ruleInput.map((rule) => ({ ...rule, recoveryPointTags }))),
);

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

function literals(tags: unknown): EncodedLabels {
  return typeof tags === "object" && tags !== null ? (tags as EncodedLabels) : {};
}

/** Labels as AWS tags. */
export const awsLabels: LabelProjection = { encode, decode, carrierOf: (type) => CARRIERS.get(type) };
