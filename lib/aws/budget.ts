import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { Construct } from "constructs";
import { BUDGET_ALERTS, checkBudgetEmails } from "../cost/native-budget";
import type { LabelKey } from "../labels";
import { physicalName } from "../names";
import { Check, isToken, type KeysOf } from "../spec/check";
import { TAG_KEYS, TAG_VALUE } from "./labels";

/** The labels by which AWS can tell costs apart, once their tag keys are active. */
export const BUDGET_LABELS = ["project", "environment", "costCenter", "owner", "agentId", "layer"] as const satisfies readonly LabelKey[];

/** A label and the value that the watched costs carry. */
export interface BudgetLabel {
  readonly key: (typeof BUDGET_LABELS)[number];
  readonly value: string;
}

export interface AwsBudgetProps {
  /** The cap in USD and whole cents: give the same as to `govern`. */
  readonly usdPerMonth: number;
  /** Who hears of it: one to ten e-mail addresses. */
  readonly emails: readonly string[];
  /**
   * The costs that it watches: those with this label, whose tag key has to be active (see `AwsCostAllocation`).
   * @default - all costs of the account
   */
  readonly label?: BudgetLabel;
}

const KNOWN = { usdPerMonth: true, emails: true, label: true } satisfies KeysOf<AwsBudgetProps>;
const KNOWN_LABEL = { key: true, value: true } satisfies KeysOf<BudgetLabel>;

/** Longest name of a budget, and most addresses of a notification. Source: AWS Budgets API reference, read 2026-11-21. */
const MAX_NAME = 100;
const MAX_EMAILS = 10;

/**
 * The second line behind the cap of `govern`: AWS watches what is really billed, and tells people at 50, 80 and 100 percent of the cap,
 * and when the month is likely to end above it. It stops nothing, and billing data is hours old.
 *
 * Creates `aws_budgets_budget`. No cost: budgets that only watch are free (AWS Budgets pricing, 2026-07).
 * Not covered: actions that stop something, other periods than a month.
 */
export class AwsBudget extends Construct {
  /** The underlying budget. */
  readonly budget: BudgetsBudget;

  /** @throws IntentError when the cap, an address or the label is malformed. */
  constructor(scope: Construct, id: string, props: AwsBudgetProps) {
    super(scope, id);
    checkProps(this.node.path, props);
    const { label, usdPerMonth, emails } = props;
    this.budget = new BudgetsBudget(this, "Resource", {
      name: physicalName(this, { kind: "budget", maxLength: MAX_NAME }),
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: usdPerMonth.toFixed(2),
      limitUnit: "USD",
      costFilter: label === undefined ? [] : [{ name: "TagKeyValue", values: [`user:${TAG_KEYS[label.key]}$${label.value}`] }],
      notification: BUDGET_ALERTS.map(({ of, percent }) => ({
        notificationType: of === "actual" ? "ACTUAL" : "FORECASTED",
        threshold: percent,
        comparisonOperator: "GREATER_THAN",
        thresholdType: "PERCENTAGE",
        subscriberEmailAddresses: [...emails],
      })),
    });
  }
}

function checkProps(path: string, props: AwsBudgetProps): void {
  const check = new Check<AwsBudgetProps>(path, props, KNOWN);
  const cap: unknown = props?.usdPerMonth;
  const isCap = typeof cap === "number" && !isToken(cap) && Number.isFinite(cap) && cap > 0 && Number(cap.toFixed(2)) === cap;
  if (!isCap) check.issue("usdPerMonth", cap, "an amount of USD in whole cents above 0, such as 20 or 19.99");
  checkBudgetEmails(check, props?.emails, { max: MAX_EMAILS, source: "AWS Budgets limit" });
  if (props?.label !== undefined) {
    const label = check.nested<BudgetLabel>("label", props.label, KNOWN_LABEL);
    label.oneOf("key", BUDGET_LABELS);
    label.text("value", TAG_VALUE);
  }
  check.done(undefined);
}
