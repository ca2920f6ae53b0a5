import type { FailureScope } from "./verdict";

/** What has happened, in words. */
export const AFTER: Readonly<Record<FailureScope, string>> = {
  instance: "the loss of its machine",
  zone: "the loss of its zone",
  region: "the loss of its region",
  "operator-error": "a wrong write or delete",
};

/** From here on whole hours are easier to read. */
const HOURS_FROM_MINUTES = 180;

/** `25 minutes`, `1 second`, `25 hours`. */
export function timeText(minutes: number): string {
  if (minutes > 0 && minutes < 1) return counted(Math.max(1, Math.round(minutes * 60)), "second");
  if (minutes >= HOURS_FROM_MINUTES && minutes % 60 === 0) return counted(minutes / 60, "hour");
  return counted(Number(minutes.toFixed(2)), "minute");
}

/** `loses nothing`, `loses up to 25 minutes`. */
export function lossText(minutes: number): string {
  return minutes === 0 ? "loses nothing" : `loses up to ${timeText(minutes)}`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** Names the first few: `a, b and 3 more`. */
export function few(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(", ")} and ${rest} more` : names.join(", ");
}
