/** One field of a cron expression: what it may hold, and names that stand for numbers. */
interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

/** Source: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows (schedule), read 2026-11-21. */
const FIELDS: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] },
  { min: 0, max: 6, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
];

const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MINUTES_OF_DAY = 24 * 60;

/** When a schedule starts runs. */
export interface Cron {
  /** Shortest time between two starts. */
  readonly minGapMinutes: number;
  /** Most starts in any month. */
  readonly maxPerMonth: number;
}

/** What a cron expression says; undefined when Actions does not take it. */
export function tryCron(text: string): Cron | undefined {
  const words = text.split(" ");
  if (words.length !== FIELDS.length) return undefined;
  const fields = words.map((word, index) => tryField(word, FIELDS[index] as Field));
  if (fields.some((field) => field === undefined)) return undefined;
  const [minutes, hours, days, months, weekdays] = fields as [number[], number[], number[], number[], number[]];
  const starts = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute)).sort((one, other) => one - other);
  const counts = daysPerMonth((day, weekday) => {
    if (words[2] === "*") return weekdays.includes(weekday);
    return words[4] === "*" ? days.includes(day) : days.includes(day) || weekdays.includes(weekday);
  }, months);
  const most = Math.max(...counts);
  return most === 0 ? undefined : { minGapMinutes: shortestGap(starts, most > 1), maxPerMonth: most * starts.length };
}

function tryField(word: string, field: Field): number[] | undefined {
  const found = word.split(",").map((part) => tryPart(part, field));
  return found.some((part) => part === undefined) ? undefined : [...new Set(found.flat() as number[])];
}

function tryPart(part: string, { min, max, names = [] }: Field): number[] | undefined {
  const [, range = "", , step = "1"] = /^([^/]+)(\/(\d{1,2}))?$/.exec(part) ?? [];
  const number = (text: string) =>
    names.includes(text.toUpperCase()) ? names.indexOf(text.toUpperCase()) + min : /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  const [from, to, ...more] = range === "*" ? [min, max] : range.split("-").map(number);
  const last = to ?? (part.includes("/") ? max : from);
  const every = Number(step);
  if (from === undefined || last === undefined || more.length > 0 || !(from >= min && last <= max && from <= last && every >= 1))
    return undefined;
  return Array.from({ length: Math.floor((last - from) / every) + 1 }, (_, index) => from + index * every);
}

/** How many days of each month match, at worst: a month may begin on any weekday. */
function daysPerMonth(matches: (day: number, weekday: number) => boolean, months: readonly number[]): number[] {
  return months.flatMap((month) => {
    const days = Array.from({ length: DAYS_OF_MONTH[month - 1] as number }, (_, index) => index);
    return [0, 1, 2, 3, 4, 5, 6].map((first) => days.filter((index) => matches(index + 1, (first + index) % 7)).length);
  });
}

/** The night between two days counts, whether or not they follow each other: a schedule that is too tight is refused rather than thinned out. */
function shortestGap(starts: readonly number[], nights: boolean): number {
  const first = starts[0] as number;
  const night = nights ? [MINUTES_OF_DAY + first - (starts[starts.length - 1] as number)] : [];
  return Math.min(...night, ...starts.slice(1).map((start, index) => start - (starts[index] as number)), MINUTES_OF_DAY);
}
