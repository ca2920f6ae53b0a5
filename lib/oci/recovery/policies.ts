import { textOf } from "../../cost/literal";
import { asList, type Inventory, type ResourceView } from "../../facts/inventory";
import { computed, type MechanismUse } from "../../recovery/mechanisms";
import { timeText } from "../../recovery/words";
import { DELAY_MINUTES } from "../backup/backup-calendar";
import { regionOf } from "../prices/region";
import { OCI_MECHANISMS } from "./mechanisms";

const DAY = 24 * 60;

/** Longest time between two backups of a schedule. Source: oci_core_volume_backup_policy of provider 8.28.0, read 2026-11-21. */
const PERIODS: Readonly<Record<string, number>> = {
  ONE_HOUR: 60,
  ONE_DAY: DAY,
  ONE_WEEK: 7 * DAY,
  ONE_MONTH: 31 * DAY,
  ONE_YEAR: 366 * DAY,
};

/** What the backup policies that are assigned to a volume, or to the machine that boots from it, do for it. */
export function policyUses(volume: ResourceView, inventory: Inventory): readonly MechanismUse[] {
  const groups = inventory.referring("oci_core_volume_group", "source_details.volume_ids", volume);
  return [volume, ...groups]
    .flatMap((asset) => inventory.referring("oci_core_volume_backup_policy_assignment", "asset_id", asset))
    .map(({ attributes }) => inventory.referred(attributes.policy_id))
    .flatMap((policy) => (policy === undefined ? [] : usesOf(policy, regionOf(volume, inventory))));
}

/** The most frequent schedule decides what is lost. */
function usesOf({ attributes }: ResourceView, home: string | undefined): readonly MechanismUse[] {
  const schedules = asList(attributes.schedules) as ResourceView["attributes"][];
  const gaps = schedules.flatMap(({ period }) => PERIODS[textOf(period) ?? ""] ?? []);
  if (gaps.length === 0) return [];
  const gap = Math.min(...gaps);
  const rpo = computed(gap + DELAY_MINUTES);
  const detail = `${timeText(gap)} apart, begun up to ${timeText(DELAY_MINUTES)} late`;
  const there = textOf(attributes.destination_region);
  const copied = there !== undefined && there !== "none" && home !== undefined && there !== home;
  return [
    OCI_MECHANISMS.use("volumeBackup", { detail, rpo }),
    ...(copied ? [OCI_MECHANISMS.use("volumeBackupCopy", { detail: `${detail}, to ${there}`, rpo })] : []),
  ];
}
