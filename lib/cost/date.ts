const DAY_MS = 24 * 60 * 60 * 1000;
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Whether text is a day that exists, as YYYY-MM-DD. */
export function isDay(text: unknown): text is string {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether text is a day, a month or a year. */
export function isDate(text: string): boolean {
  return DATE.test(text) && isDay(firstDay(text));
}

/** The first day of a date that may be a month or a year only: the oldest that it can mean. */
export function firstDay(date: string): string {
  const [, year, month = "01", day = "01"] = DATE.exec(date) ?? [];
  return `${year}-${month}-${day}`;
}

/** Whole days from one date to another day; the oldest reading of the date counts. */
export function daysBetween(date: string, day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${firstDay(date)}T00:00:00Z`)) / DAY_MS);
}
