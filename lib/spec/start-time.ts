import { type Check, isToken } from "./check";
import { WEEKDAYS } from "./maintenance-window";

const HOUR = /^([01]\d|2[0-3]):00$/;

interface StartRules {
  /** Whether a day of the week stands in front, as in `Sunday 02:00`. */
  readonly weekly?: boolean;
  readonly default: string;
  /** Who wants it so. */
  readonly source: string;
}

/** Reads a prop that says at which full hour something starts, in UTC, for providers that ask for no end. */
export function readStart<P extends object>(check: Check<P>, prop: keyof P & string, rules: StartRules): string {
  const want = `the full hour at which it starts, such as "${rules.default}", in UTC (${rules.source})`;
  const text = check.text(prop, { want, default: rules.default });
  if (text === "" || isToken(text)) return text;
  const [time = "", ...days] = text.split(" ").reverse();
  const day = days.join(" ");
  const dayFits = rules.weekly === true ? WEEKDAYS.some((known) => known === day) : day === "";
  if (!dayFits || !HOUR.test(time)) check.issue(prop, text, want);
  return text;
}
