import { isTrue, numberOf, textOf } from "../../cost/literal";
import { asList, block, type Inventory, type ResourceView } from "../../facts/inventory";
import { computed, type MechanismUse } from "../../recovery/mechanisms";
import { timeText } from "../../recovery/words";
import { PROTECTED, PROTECTED_TYPES } from "../backup/backup-types";
import { regionOf } from "../prices/region";
import { longestGapMinutes } from "./interval";
import { AWS_MECHANISMS } from "./mechanisms";

type Attributes = ResourceView["attributes"];

/** Minutes within which a backup has to begin when the rule does not say. Source: BackupRule in the AWS Backup API reference, read 2026-11-21. */
const START_WINDOW_MINUTES = 480;

/** What continuous backup is said to lose minutes for. Source: "Point-in-time recovery" in the AWS Backup developer guide, read 2026-11-21. */
const CONTINUOUS: ReadonlySet<string> = new Set(["aws_db_instance", "aws_rds_cluster"]);

interface Selection {
  readonly attributes: Attributes;
  readonly plan: ResourceView;
}

interface Selections {
  /** By the address of what they name. */
  readonly named: ReadonlyMap<string, readonly Selection[]>;
  /** Those that choose by pattern or tag. */
  readonly open: readonly Selection[];
}

const read = new WeakMap<Inventory, Selections>();

/** What the backup plans of the stack do for a resource. */
export function backupUses(resource: ResourceView, inventory: Inventory): readonly MechanismUse[] {
  const { named, open } = selectionsOf(inventory);
  const chosen = [...(named.get(resource.address) ?? []), ...open].filter((selection) =>
    selects(selection.attributes, resource, inventory),
  );
  const plans = new Set(chosen.map(({ plan }) => plan));
  return [...plans].flatMap((plan) =>
    (asList(plan.attributes.rule) as Attributes[]).flatMap((rule) => ruleUses(rule, resource, inventory)),
  );
}

function selectionsOf(inventory: Inventory): Selections {
  const found = read.get(inventory) ?? readSelections(inventory);
  read.set(inventory, found);
  return found;
}

function readSelections(inventory: Inventory): Selections {
  const named = new Map<string, Selection[]>();
  const open: Selection[] = [];
  for (const { type, attributes } of inventory.resources) {
    const plan = type === "aws_backup_selection" ? inventory.referred(attributes.plan_id) : undefined;
    if (plan === undefined) continue;
    const arns = asList(attributes.resources);
    const targets = arns.map((arn) => inventory.referred(arn));
    if (arns.length === 0 || targets.some((target) => target === undefined)) open.push({ attributes, plan });
    for (const target of targets) if (target !== undefined) add(named, target.address, { attributes, plan });
  }
  return { named, open };
}

function add<V>(index: Map<string, V[]>, key: string, value: V): void {
  const found = index.get(key);
  if (found === undefined) index.set(key, [value]);
  else found.push(value);
}

/** Whether a selection is sure to hold a resource; what cannot be decided counts as not selected. */
function selects(selection: Attributes, resource: ResourceView, inventory: Inventory): boolean {
  if (asList(selection.not_resources).length > 0) return false;
  const arns = asList(selection.resources);
  const tags = asList(selection.selection_tag) as Attributes[];
  const inList = arns.length === 0 ? tags.length > 0 : arns.some((arn) => names(arn, resource, inventory));
  const byTag = tags.length === 0 || tags.some(({ type, key, value }) => type === "STRINGEQUALS" && tagOf(resource, key) === value);
  return inList && byTag && meets(selection.condition, resource);
}

function names(arn: unknown, resource: ResourceView, inventory: Inventory): boolean {
  if (arn === "*") return PROTECTED_TYPES.some((type) => PROTECTED[type].terraformType === resource.type);
  if (inventory.referred(arn)?.address === resource.address) return true;
  const kind = PROTECTED_TYPES.find((type) => PROTECTED[type].terraformType === resource.type);
  const text = textOf(arn);
  return kind !== undefined && text !== undefined && /[:/]\*$/.test(text) && PROTECTED[kind].arn.test(text);
}

/** All conditions have to be met; only equality can be decided here. */
function meets(condition: unknown, resource: ResourceView): boolean {
  const { string_equals: equals, ...others } = block(condition);
  if (Object.values(others).some((other) => asList(other).length > 0)) return false;
  return (asList(equals) as Attributes[]).every(({ key, value }) => tagOf(resource, String(key).replace("aws:ResourceTag/", "")) === value);
}

/** A tag of a resource; undefined when there is none, or it is known only when Terraform runs. */
export function tagOf({ attributes }: ResourceView, key: unknown): string | undefined {
  const { tags } = attributes;
  return typeof tags === "object" && tags !== null ? textOf((tags as Attributes)[String(key)]) : undefined;
}

const usesOfRules = new WeakMap<Attributes, Map<string, readonly MechanismUse[]>>();

/** A rule does the same for all resources of a kind in a region. */
function ruleUses(rule: Attributes, resource: ResourceView, inventory: Inventory): readonly MechanismUse[] {
  const known = usesOfRules.get(rule) ?? new Map<string, readonly MechanismUse[]>();
  usesOfRules.set(rule, known);
  const home = regionOf(resource, inventory);
  const continuous = isTrue(rule.enable_continuous_backup) && CONTINUOUS.has(resource.type);
  const key = `${home} ${continuous}`;
  const uses = known.get(key) ?? readRule(rule, continuous, copyRegions(rule, home, inventory));
  known.set(key, uses);
  return uses;
}

function readRule(rule: Attributes, continuous: boolean, regions: readonly string[]): readonly MechanismUse[] {
  const gap = longestGapMinutes(rule.schedule);
  const window = numberOf(rule.start_window) ?? START_WINDOW_MINUTES;
  if (gap === undefined || window === "unknown") return [];
  const rpo = computed(gap + window);
  const detail = `rule "${String(rule.rule_name)}", ${timeText(gap)} apart, begun within ${timeText(window)}`;
  return [
    AWS_MECHANISMS.use("backup", { detail, rpo }),
    ...(continuous ? [AWS_MECHANISMS.use("continuousBackup", { detail: `rule "${String(rule.rule_name)}"` })] : []),
    ...regions.map((region) => AWS_MECHANISMS.use("backupCopy", { detail: `${detail}, to ${region}`, rpo })),
  ];
}

const VAULT_REGION = /^arn:aws[a-z-]*:backup:([a-z0-9-]+):/;

/** Other regions that a rule surely copies to. */
function copyRegions(rule: Attributes, home: string | undefined, inventory: Inventory): readonly string[] {
  const regions = (asList(rule.copy_action) as Attributes[]).map(({ destination_vault_arn: arn }) => {
    const vault = inventory.referred(arn);
    return vault === undefined ? VAULT_REGION.exec(String(arn))?.[1] : regionOf(vault, inventory);
  });
  return [...new Set(regions)].filter((region): region is string => region !== undefined && home !== undefined && region !== home);
}
