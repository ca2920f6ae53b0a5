import { budgetSpec, checkBudgets, type BudgetProps } from "./cost/budget-spec";
import { isDay } from "./cost/date";
import { estimateSpec, type EstimateOptions } from "./cost/estimate-options";
import { SEVERITIES, type Severity } from "./policy/finding";
import type { Pack, Rule } from "./policy/rule";
import type { Provider } from "./provider";
import { recoverySpec, type RecoveryProps, type RecoverySpec } from "./recovery/target";
import { Check, type KeysOf } from "./spec/check";

/** What is promised about how safely a stack is set up. */
export interface PolicyProps {
  /**
   * The packs whose rules have to hold; `regulated` holds `baseline` too.
   * @default ["baseline"]
   */
  readonly packs?: readonly Pack[];
  /**
   * Rules of your own.
   * @default []
   */
  readonly rules?: readonly Rule[];
  /**
   * The mildest finding that stops the synth; all are in the report.
   * @default "high"
   */
  readonly failOn?: Severity;
}

/** A recovery target of the stack, or of a part of it. */
export interface StackRecoveryProps extends RecoveryProps {
  /**
   * Path of the construct it is for, with everything below.
   * @default - the whole stack
   */
  readonly scope?: string;
}

/** What is promised of a stack, checked at every synth. What is not promised is neither checked nor shown. */
export interface PromisesProps {
  /**
   * Most that a month may cost, in USD and whole cents; the cap itself is allowed. Measured at list prices with scaling at its maximum.
   * @default - no cap
   */
  readonly budgetUsdPerMonth?: number;
  /**
   * Caps of parts of the stack or of agents, or of the stack with settings of its own.
   * @default []
   */
  readonly budgets?: readonly BudgetProps[];
  /**
   * How costs are estimated; give `{}` to see the costs without a cap.
   * @default - as usual when there is a cap
   */
  readonly cost?: Pick<EstimateOptions, "usage" | "maxPriceAgeDays" | "allowances">;
  /**
   * The rules that have to hold; give `{}` for the pack `baseline`.
   * @default - no rule is asked
   */
  readonly policy?: PolicyProps;
  /**
   * How much may be lost and how fast it has to be back, for the stack or for each part.
   * @default - no target
   */
  readonly recovery?: RecoveryProps | readonly StackRecoveryProps[];
  /**
   * The day for which prices, acknowledgements and measurements are judged, as YYYY-MM-DD.
   * @default - today, in UTC
   */
  readonly asOf?: string;
}

export const PROMISES = {
  budgetUsdPerMonth: true,
  budgets: true,
  cost: true,
  policy: true,
  recovery: true,
  asOf: true,
} satisfies KeysOf<PromisesProps>;

const KNOWN_POLICY = { packs: true, rules: true, failOn: true } satisfies KeysOf<PolicyProps>;

/** The promises after defaults and checks. */
export interface Promises {
  readonly asOf: string;
  readonly budgets: readonly BudgetProps[];
  readonly cost?: PromisesProps["cost"];
  readonly policy?: Required<PolicyProps>;
  readonly recovery?: readonly RecoverySpec[];
}

/**
 * Checks the promises themselves, before there is anything to hold them against.
 * @throws IntentError when a promise makes no sense.
 */
export function promisesSpec(props: PromisesProps, path: string, providers: readonly Provider[]): Promises {
  const asOf = props.asOf ?? new Date().toISOString().slice(0, 10);
  const check = new Check<Pick<PromisesProps, "asOf">>(`${path} govern`, { asOf }, ["asOf"]);
  if (!isDay(asOf)) check.issue("asOf", asOf, "a day as YYYY-MM-DD");
  check.done(undefined);
  const cap = props.budgetUsdPerMonth;
  const budgets = [...(cap === undefined ? [] : [{ usdPerMonth: cap }]), ...(props.budgets ?? [])];
  checkBudgets(
    budgets.map((budget) => budgetSpec(budget, path, asOf)),
    path,
  );
  estimateSpec({ ...props.cost, asOf }, providers);
  const cost = props.cost ?? (budgets.length > 0 ? {} : undefined);
  return { asOf, budgets, cost, policy: tryPolicy(props, path), recovery: tryRecovery(props, path, asOf) };
}

function tryPolicy({ policy }: PromisesProps, path: string): Required<PolicyProps> | undefined {
  if (policy === undefined) return undefined;
  const check = new Check<PolicyProps>(`${path} policy`, policy, KNOWN_POLICY);
  const failOn = check.oneOf("failOn", SEVERITIES, "high");
  return check.done({ packs: policy.packs ?? ["baseline"], rules: policy.rules ?? [], failOn });
}

function tryRecovery({ recovery }: PromisesProps, path: string, asOf: string): readonly RecoverySpec[] | undefined {
  if (recovery === undefined) return undefined;
  const targets: readonly StackRecoveryProps[] = Array.isArray(recovery) ? recovery : [recovery as RecoveryProps];
  return targets.map(({ scope, ...target }) => recoverySpec(target, scope ?? path, asOf));
}
