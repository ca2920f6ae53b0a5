/** Minutes of a day in which something may happen, in UTC. */
export interface TimeWindow {
  /** Minutes after midnight. */
  readonly start: number;
  /** Minutes after midnight, later than `start`. */
  readonly end: number;
}

const WINDOW = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** Reads a window such as `00:30-01:30`; undefined when it is none or ends before it begins. */
export function tryTimeWindow(text: string): TimeWindow | undefined {
  const match = WINDOW.exec(text);
  if (match === null) return undefined;
  const [startHour, startMinute, endHour, endMinute] = match.slice(1).map(Number) as [number, number, number, number];
  const window = { start: startHour * 60 + startMinute, end: endHour * 60 + endMinute };
  return window.end > window.start ? window : undefined;
}

/** Whether two windows of the same day share a minute. */
export function windowsOverlap(a: TimeWindow, b: TimeWindow): boolean {
  return a.start < b.end && b.start < a.end;
}
