import { type Check, isToken } from "./check";
import { WEEKDAYS } from "./weekday";

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

interface WindowRules {
  /** Whether a day of the week stands in front, as in `Sunday 02:00-04:00`. */
  readonly weekly?: boolean;
  /** Shortest window in minutes. */
  readonly minMinutes: number;
  readonly default: string;
  /** Where the limit comes from. */
  readonly source: string;
}

/** Reads a prop that says when something happens, in UTC; the window is undefined after a problem. */
export function readTimeWindow<P extends object>(check: Check<P>, prop: keyof P & string, rules: WindowRules) {
  const length = `of ${rules.minMinutes} minutes or more that ends after it begins (${rules.source})`;
  const want = `a window such as "${rules.default}", in UTC, ${length}`;
  const text = check.text(prop, { want, default: rules.default });
  if (text === "" || isToken(text)) return { text, window: undefined };
  const [time = "", ...days] = text.split(" ").reverse();
  const day = days.join(" ");
  const window = tryTimeWindow(time);
  const dayFits = rules.weekly === true ? WEEKDAYS.some((known) => known === day) : day === "";
  const fits = dayFits && window !== undefined && window.end - window.start >= rules.minMinutes;
  if (!fits) check.issue(prop, text, want);
  return { text, window: fits ? window : undefined };
}
