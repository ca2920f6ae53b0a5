const HOUR = 60;
const DAY = 24 * HOUR;
const UNITS: Readonly<Record<string, number>> = { minute: 1, hour: HOUR, day: DAY };
const WEEK = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const LONGEST_MONTH_DAYS = 31;

/** The longest time between two runs of a `cron(...)` or `rate(...)` expression, in minutes; undefined when it cannot be told. */
export function longestGapMinutes(expression: unknown): number | undefined {
  const [, kind, inner = ""] = (typeof expression === "string" && /^(cron|rate)\((.+)\)$/.exec(expression.trim())) || [];
  if (kind === "rate") return rateMinutes(inner);
  return kind === "cron" ? cronMinutes(inner.trim().split(/\s+/)) : undefined;
}

function rateMinutes(text: string): number | undefined {
  const [, count, unit = ""] = /^(\d+) (minute|hour|day)s?$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (UNITS[unit] as number);
}

/** Minute, hour, day of month, month, day of week and, where it is written, year. */
function cronMinutes([minute = "", hour = "", day = "", month = "", weekday = "", year = "*"]: readonly string[]): number | undefined {
  const minutes = valuesOf(minute, 0, HOUR - 1);
  const hours = valuesOf(hour, 0, 23);
  const days = gapDays(day, weekday);
  if (minutes === undefined || hours === undefined || days === undefined || month !== "*" || year !== "*") return undefined;
  const times = hours.flatMap((at) => minutes.map((past) => at * HOUR + past));
  if (days === 1) return longestGap(times, DAY);
  return days * DAY + (Math.min(...times) - Math.max(...times));
}

/** The longest time between two days that match, in days. */
function gapDays(day: string, weekday: string): number | undefined {
  const anyDay = day === "*" || day === "?";
  const anyWeekday = weekday === "*" || weekday === "?";
  if (anyDay && anyWeekday) return 1;
  if (anyDay) {
    const named = weekday.toUpperCase().replace(/[A-Z]{3}/g, (name) => String(WEEK.indexOf(name) + 1));
    const days = valuesOf(named, 1, 7);
    return days === undefined ? undefined : longestGap(days, 7);
  }
  const dates = anyWeekday ? valuesOf(day, 1, LONGEST_MONTH_DAYS) : undefined;
  if (dates === undefined || dates.some((date) => date > 28)) return undefined;
  return longestGap(dates, LONGEST_MONTH_DAYS);
}

/** Values of a field: `*`, `5`, `0/4`, `1-5`, and lists of them. */
function valuesOf(field: string, from: number, to: number): readonly number[] | undefined {
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const [, first, last, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
    if (first === undefined || step === "0") return undefined;
    const start = first === "*" ? from : Number(first);
    const open = first === "*" || step !== undefined;
    const end = last !== undefined ? Number(last) : open ? to : start;
    if (start < from || end > to || start > end) return undefined;
    for (let value = start; value <= end; value += Number(step ?? 1)) values.add(value);
  }
  return [...values].sort((one, other) => one - other);
}

function longestGap(values: readonly number[], cycle: number): number {
  const gaps = values.map((value, index) => (values[index + 1] ?? (values[0] as number) + cycle) - value);
  return Math.max(...gaps);
}
