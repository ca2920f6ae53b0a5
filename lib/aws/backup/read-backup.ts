import { asList, block, type Inventory, type Reader, type ResourceView } from "../../facts/inventory";
import type { LabelSet } from "../../labels";
import type { BackupSpec } from "../../spec/backup";
import { intervalMinutes } from "../../spec/backup-calendar";
import type { BackupLockSpec, RestoreTestingSpec } from "../../spec/backup-protection";
import type { RetentionSpec } from "../../spec/backup-retention";
import type { BackupScheduleSpec } from "../../spec/backup-schedule";
import { addressIn } from "../../spec/reference";
import { readCron } from "./backup-calendar";
import { awsLabels } from "../labels";

type Attributes = ResourceView["attributes"];

/** A backup policy as its plan, selections, vault and restore tests say it. */
export const readBackup: Reader = (plan, inventory) => {
  const rules = asList(plan.attributes.rule) as Attributes[];
  const vault = inventory.referred(rules[0]?.target_vault_name);
  const selections = inventory.referring("aws_backup_selection", "plan_id", plan).map(({ attributes }) => attributes);
  const schedules = rules.map((rule) => readSchedule(rule, inventory));
  const restoreTesting = vault && tryRestoreTesting(vault, inventory);
  const spec: BackupSpec = {
    profile: vault?.attributes.force_destroy === true ? "sandbox" : "production",
    sources: selections
      .filter((selection) => selection.condition === undefined)
      .flatMap(sourcesOf)
      .sort(),
    selectLabels: Object.assign({}, ...selections.map(labelsOf)) as Partial<LabelSet>,
    schedules,
    lock: lockOf(vault, inventory),
    ...(restoreTesting && { restoreTesting }),
    rpoMinutes: Math.min(...schedules.map((schedule) => schedule.rpoMinutes)),
  };
  return [{ kind: "backup", address: plan.address, path: plan.path, spec }];
};

function readSchedule(rule: Attributes, inventory: Inventory): BackupScheduleSpec {
  const calendar = readCron(String(rule.schedule));
  const startWindowMinutes = Number(rule.start_window);
  return {
    name: String(rule.rule_name),
    ...calendar,
    ...readRetention(rule),
    startWindowMinutes,
    pointInTime: rule.enable_continuous_backup === true,
    copies: (asList(rule.copy_action) as Attributes[]).map((copy) => ({
      region: regionOf(inventory.referred(copy.destination_vault_arn), inventory),
      ...readRetention(copy),
    })),
    rpoMinutes: intervalMinutes(calendar) + startWindowMinutes,
  };
}

function readRetention(rule: Attributes): RetentionSpec {
  const { delete_after: retentionDays, cold_storage_after: coldAfterDays } = block(rule.lifecycle);
  return { retentionDays: Number(retentionDays), ...(coldAfterDays !== undefined && { coldAfterDays: Number(coldAfterDays) }) };
}

/** The region of the provider that manages a resource. */
function regionOf(resource: ResourceView | undefined, inventory: Inventory): string {
  const alias = String(resource?.attributes.provider).split(".")[1];
  const providers = asList((inventory.json.provider as { aws?: unknown } | undefined)?.aws) as Attributes[];
  return String(providers.find((provider) => provider.alias === alias)?.region);
}

function sourcesOf(selection: Attributes): string[] {
  return (asList(selection.resources) as string[]).map(addressIn);
}

function labelsOf(selection: Attributes): Partial<LabelSet> {
  const pairs = asList(block(selection.condition).string_equals) as { key: string; value: string }[];
  return awsLabels.decode(Object.fromEntries(pairs.map(({ key, value }) => [key.replace("aws:ResourceTag/", ""), value])));
}

function lockOf(vault: ResourceView | undefined, inventory: Inventory): BackupLockSpec {
  const [lock] = vault === undefined ? [] : inventory.referring("aws_backup_vault_lock_configuration", "backup_vault_name", vault);
  if (lock === undefined) return { mode: "none" };
  const { min_retention_days, max_retention_days, changeable_for_days } = lock.attributes;
  const range = { minRetentionDays: Number(min_retention_days), maxRetentionDays: Number(max_retention_days) };
  if (changeable_for_days === undefined) return { mode: "governance", ...range };
  return { mode: "compliance", ...range, changeableForDays: Number(changeable_for_days) };
}

function tryRestoreTesting(vault: ResourceView, inventory: Inventory): RestoreTestingSpec | undefined {
  const plan = Object.keys(inventory.json.resource?.aws_backup_restore_testing_plan ?? {})
    .map((id) => inventory.referred(`\${aws_backup_restore_testing_plan.${id}.arn}`) as ResourceView)
    .find(({ attributes }) =>
      asList(block(attributes.recovery_point_selection).include_vaults).some((arn) => inventory.referred(arn) === vault),
    );
  if (plan === undefined) return undefined;
  const tests = inventory
    .referring("aws_backup_restore_testing_selection", "restore_testing_plan_name", plan)
    .map(({ attributes }) => attributes);
  return {
    ...readCron(String(plan.attributes.schedule_expression)),
    types: tests.map((test) => String(test.protected_resource_type)).sort(),
    validationHours: Number(tests[0]?.validation_window_hours),
    selectionDays: Number(block(plan.attributes.recovery_point_selection).selection_window_days),
  };
}
