import { isWithin } from "../paths";
import { Check, IntentError, type Issue, type KeysOf } from "../spec/check";
import { isDay } from "./date";
import { centsText } from "./money";

/** A price that somebody vouches for although the book has none to rely on. */
export interface AcceptUnpriced {
  /** A Terraform address, a resource type, or a construct path with everything below it. */
  readonly what: string;
  /** Why that is fine, for whoever pays. */
  readonly reason: string;
  /** The last day on which it holds, YYYY-MM-DD. */
  readonly expires: string;
}

export interface BudgetProps {
  /** Most that a month may cost in USD, in whole cents; the cap itself is allowed. */
  readonly usdPerMonth: number;
  /**
   * `strict`: what has no price to rely on fails the budget. `advisory`: it warns.
   * @default "strict"
   */
  readonly mode?: "strict" | "advisory";
  /**
   * What is held against the cap: list prices or net of named allowances; the most that scaling and use allow, or what is likely.
   * @default "gross-high"
   */
  readonly measure?: "gross-high" | "gross-expected" | "net-high" | "net-expected";
  /**
   * Exceptions; unbounded quantities cannot be accepted.
   * @default - none
   */
  readonly acceptUnpriced?: readonly AcceptUnpriced[];
  /**
   * Path of the construct that the budget is for; what is shared with others is not in it.
   * @default - the whole stack
   */
  readonly scope?: string;
  /**
   * The agent that the budget is for; what is shared with others is not in it.
   * @default - everything in the scope
   */
  readonly agentId?: string;
}

export interface BudgetSpec extends Omit<Required<BudgetProps>, "scope" | "agentId"> {
  readonly scope?: string;
  readonly agentId?: string;
}

const KNOWN = {
  usdPerMonth: true,
  mode: true,
  measure: true,
  acceptUnpriced: true,
  scope: true,
  agentId: true,
} satisfies KeysOf<BudgetProps>;

const ACCEPT = { what: true, reason: true, expires: true } satisfies KeysOf<AcceptUnpriced>;

const CAP = "an amount of USD in whole cents, 0 or more, such as 20 or 19.99";

/**
 * Checks one budget. `asOf` is the day for which acceptances have to hold.
 * @throws IntentError with every problem.
 */
export function budgetSpec(props: BudgetProps, path: string, asOf: string): BudgetSpec {
  const check = new Check<BudgetProps>(`${path} budget`, props, KNOWN);
  const usdPerMonth = props?.usdPerMonth;
  if (!isCap(usdPerMonth)) check.issue("usdPerMonth", usdPerMonth, CAP);
  const mode = check.oneOf("mode", ["strict", "advisory"], "strict");
  const measure = check.oneOf("measure", ["gross-high", "gross-expected", "net-high", "net-expected"], "gross-high");
  const acceptUnpriced = check.list<AcceptUnpriced>("acceptUnpriced", "a list of what, reason and expires", []);
  acceptUnpriced.forEach((accept, index) => {
    const nested = check.nested(`acceptUnpriced.${index}`, accept, ACCEPT);
    nested.text("what", { want: "an address, a resource type or a construct path" });
    nested.text("reason", { pattern: /^\s*\S[\s\S]{9,}$/, want: "a reason of 10 characters or more, for whoever pays" });
    if (!isDay(accept?.expires)) nested.issue("expires", accept?.expires, "a day as YYYY-MM-DD");
    else if (accept.expires < asOf)
      nested.issue("expires", accept.expires, `a day not before ${asOf}`, "it has expired: look again, then renew or remove it");
  });
  const scope = check.tryText("scope", { want: "the path of a construct" });
  const agentId = check.tryText("agentId", { want: "the id of an agent" });
  return check.done({ usdPerMonth, mode, measure, acceptUnpriced, scope, agentId });
}

function isCap(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 && value <= 1e12 && Number(value.toFixed(2)) === value;
}

/** The cap in whole cents. */
export function capCents({ usdPerMonth }: BudgetSpec): bigint {
  return BigInt(Math.round(usdPerMonth * 100));
}

/**
 * Checks that the budgets of a stack agree: one for each scope and agent, and none larger than one that holds it, or it would never be reached.
 * @throws IntentError naming every pair that contradicts.
 */
export function checkBudgets(budgets: readonly BudgetSpec[], path: string): void {
  const issues = budgets.flatMap((inner, index) =>
    budgets.flatMap((outer, other): Issue[] => {
      const name = nameOf(inner);
      if (other < index && name === nameOf(outer)) {
        return [{ prop: name, got: `caps ${textOf(outer)} and ${textOf(inner)}`, want: "one budget", fix: "remove one of the two" }];
      }
      if (other === index || !isPartOf(inner, outer) || capCents(inner) <= capCents(outer)) return [];
      const fix = "lower it, or raise the outer one";
      return [{ prop: name, got: inner.usdPerMonth, want: `at most ${textOf(outer)}, the cap of ${nameOf(outer)} that holds it`, fix }];
    }),
  );
  if (issues.length > 0) throw new IntentError(`${path} budgets`, issues);
}

function textOf(budget: BudgetSpec): string {
  return centsText(capCents(budget));
}

/** What a budget is for, in words. */
export function nameOf({ scope, agentId }: Pick<BudgetSpec, "scope" | "agentId">): string {
  const place = scope ?? "the stack";
  return agentId === undefined ? place : `agent ${agentId} in ${place}`;
}

function isPartOf(inner: BudgetSpec, outer: BudgetSpec): boolean {
  if (outer.agentId !== undefined && outer.agentId !== inner.agentId) return false;
  if (nameOf(inner) === nameOf(outer)) return false;
  return outer.scope === undefined || (inner.scope !== undefined && isWithin(inner.scope, outer.scope));
}
