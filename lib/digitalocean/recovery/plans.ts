import { timeText } from "../../recovery/words";
import { WINDOW_MINUTES } from "../backup/backup-calendar";

const DAY = 24 * 60;

function plan(minutesApart: number) {
  const detail = `${timeText(minutesApart)} apart, begun within ${timeText(WINDOW_MINUTES)}`;
  return { detail, rpoMinutes: minutesApart + WINDOW_MINUTES };
}

/** The plans of backups that the Terraform provider knows. Source: `backup_policy` in docs/resources/droplet.md of the provider 2.71.0, read 2026-11-21. */
export const DROPLET_PLANS = { daily: plan(DAY), weekly: plan(7 * DAY) } as const;
