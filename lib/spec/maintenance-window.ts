import { isToken, type Check } from "./check";
import { tryTimeWindow, type TimeWindow } from "./time-window";
import { WEEKDAYS, type Weekday } from "./weekday";

export { WEEKDAYS, type Weekday };

/** When updates may interrupt something: the same hours every week, in UTC. */
export interface MaintenanceWindow extends TimeWindow {
  readonly day: Weekday;
}

export const DEFAULT_MAINTENANCE_WINDOW = "Sunday 02:00-04:00";

/** Reads a window such as `Sunday 02:00-04:00`; undefined when it is none or ends before it begins. */
export function tryMaintenanceWindow(text: string): MaintenanceWindow | undefined {
  const [day, time, ...rest] = text.split(" ");
  const window = tryTimeWindow(time ?? "");
  const known = WEEKDAYS.find((weekday) => weekday === day);
  return known === undefined || window === undefined || rest.length > 0 ? undefined : { day: known, ...window };
}

/** The window as text; the inverse of `tryMaintenanceWindow`. */
export function formatMaintenanceWindow({ day, start, end }: MaintenanceWindow): string {
  return `${day} ${clock(start)}-${clock(end)}`;
}

/** Reads the prop `maintenanceWindow`, which has to last for some minutes. */
export function readMaintenanceWindow<P extends { readonly maintenanceWindow?: string }>(check: Check<P>, leastMinutes: number): string {
  const want = `a day and hours in UTC such as "${DEFAULT_MAINTENANCE_WINDOW}", ${leastMinutes} minutes or more, ending after they begin`;
  const text = check.text("maintenanceWindow", { want, default: DEFAULT_MAINTENANCE_WINDOW });
  if (text === "" || isToken(text)) return text;
  const window = tryMaintenanceWindow(text);
  if (window === undefined || window.end - window.start < leastMinutes) check.issue("maintenanceWindow", text, want);
  return text;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
