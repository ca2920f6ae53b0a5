import type { IConstruct } from "constructs";
import { IntentError, isToken, type Check } from "../../spec/check";

/** Cron triggers of one account on Workers Paid. Source: https://developers.cloudflare.com/workers/platform/limits/, read 2026-11-21. */
const MAX_CRONS = 250;

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Words for the numbers from `min` on. */
  readonly words?: readonly string[];
  /** What else may stand there. */
  readonly special?: RegExp;
}

/** Fields of a cron trigger. Source: https://developers.cloudflare.com/workers/configuration/cron-triggers/, read 2026-11-21. */
const FIELDS: readonly Field[] = [
  { name: "minute", min: 0, max: 59 },
  { name: "hour", min: 0, max: 23 },
  { name: "day of the month", min: 1, max: 31, special: /^(L|LW|([1-9]|[12]\d|3[01])W)$/i },
  { name: "month", min: 1, max: 12, words: MONTHS },
  {
    name: "day of the week",
    min: 1,
    max: 7,
    words: DAYS,
    special: /^(([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)?L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)#[1-5])$/i,
  },
];

const taken = new WeakMap<IConstruct, Map<string, number>>();

/**
 * Takes some of an account's cron triggers.
 * @throws IntentError when the services of the app have more than there are.
 */
export function claimCrons(construct: IConstruct, accountId: string, count: number): void {
  const accounts = taken.get(construct.node.root) ?? new Map<string, number>();
  taken.set(construct.node.root, accounts);
  const all = (accounts.get(accountId) ?? 0) + count;
  accounts.set(accountId, all);
  if (all <= MAX_CRONS) return;
  const want = `at most ${MAX_CRONS} cron triggers in one account of Workers Paid, roll calls included`;
  throw new IntentError(construct.node.path, [
    { prop: "crons", got: `${all} in the account`, want, fix: "let one service have the schedules of others" },
  ]);
}

/** Reads the prop `crons`; problems are named `crons.<index>`. */
export function readCrons<P extends object>(check: Check<P>, crons: readonly unknown[]): readonly string[] {
  crons.forEach((cron, index) => {
    const problem = problemOf(cron);
    if (problem !== undefined) check.issue(`crons.${index}`, cron, problem.want, problem.fix);
    else if (crons.indexOf(cron) !== index)
      check.issue(`crons.${index}`, cron, "an expression that is not in the list already", "remove it");
  });
  return crons as readonly string[];
}

function problemOf(cron: unknown): { readonly want: string; readonly fix?: string } | undefined {
  const want = 'a cron expression of five fields in UTC, such as "*/15 * * * *"';
  if (typeof cron !== "string" || isToken(cron)) return { want };
  const fields = cron.split(" ");
  if (fields.length === 6) return { want, fix: "remove the seconds: once a minute is the most that there is" };
  if (fields.length !== FIELDS.length) return { want };
  const wrong = FIELDS.find((field, index) => !fits(field, fields[index] as string));
  if (wrong === undefined) return undefined;
  return {
    want: `${want}; its ${wrong.name} is no list of ${wrong.min} to ${wrong.max}${wrong.name === "day of the week" ? " (1 is Sunday)" : ""}`,
  };
}

function fits(field: Field, text: string): boolean {
  return text.split(",").every((part) => field.special?.test(part) || fitsRange(field, part));
}

function fitsRange(field: Field, part: string): boolean {
  const [range, step, ...more] = part.split("/");
  if (more.length > 0 || (step !== undefined && !(/^\d+$/.test(step) && Number(step) >= 1 && Number(step) <= field.max))) return false;
  if (range === "*") return true;
  const ends = (range as string).split("-").map((end) => numberOf(field, end));
  if (ends.length > 2 || ends.some((end) => Number.isNaN(end) || end < field.min || end > field.max)) return false;
  return ends.length === 1 || (ends[0] as number) <= (ends[1] as number);
}

function numberOf({ words, min }: Field, text: string): number {
  const index = words?.indexOf(text.toUpperCase()) ?? -1;
  if (index >= 0) return index + min;
  return /^\d+$/.test(text) ? Number(text) : NaN;
}
