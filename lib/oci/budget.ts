import { Construct } from "constructs";
import { BUDGET_ALERTS, checkBudgetEmails } from "../cost/native-budget";
import { physicalName } from "../names";
import { Check, isToken, type KeysOf } from "../spec/check";
import { BudgetAlertRule } from "./bindings/budget-alert-rule";
import { BudgetBudget } from "./bindings/budget-budget";
import { compartmentOf, TENANCY } from "./compartment";
import { COST_LABELS, TAG_KEY, TAG_KEYS, TAG_VALUE } from "./labels";

/** A label, the namespace of its cost-tracking tag, and the value that the watched costs carry. */
export interface OciBudgetLabel {
  /** Name of the tag namespace that `OciCostAllocation` made. */
  readonly tagNamespace: string;
  readonly key: (typeof COST_LABELS)[number];
  readonly value: string;
}

export interface OciBudgetProps {
  /** The root compartment, where OCI keeps all budgets: the OCID of the tenancy, such as `ocid1.tenancy.oc1..aaaaexample`. */
  readonly tenancyId: string;
  /**
   * The cap in whole USD, 1 or more: where `govern` has cents, the number without them. It counts in the currency of the tenancy's rate
   * card, which has to be USD.
   */
  readonly usdPerMonth: number;
  /** Who hears of it: one e-mail address or more. */
  readonly emails: readonly string[];
  /**
   * The costs that it watches: those with this cost-tracking tag. OCI takes one budget for each tag and value.
   * @default - all costs of the compartment in which the budget stands, see `useCompartment`; OCI takes one budget for each compartment
   */
  readonly label?: OciBudgetLabel;
}

const KNOWN = { tenancyId: true, usdPerMonth: true, emails: true, label: true } satisfies KeysOf<OciBudgetProps>;
const KNOWN_LABEL = { tagNamespace: true, key: true, value: true } satisfies KeysOf<OciBudgetLabel>;

/** Names are kept this short; they hold letters, digits, "-" and "_". Source: https://docs.oracle.com/iaas/Content/Billing/Tasks/create-budget.htm, read 2026-11-21. */
const MAX_NAME = 100;

/**
 * The second line behind the cap of `govern`: OCI watches what is really billed, and tells people at 50, 80 and 100 percent of the cap, and
 * when the month is likely to end above it. It stops nothing, and looks once in 24 hours (Budgets overview, read 2026-11-21).
 *
 * Creates `oci_budget_budget` and an `oci_budget_alert_rule` for each of these. No cost: budgets have no part in OCI's price list
 * (2024-01-19). Deploy it with credentials that may manage budgets in the root compartment.
 * Not covered: actions that stop something, other periods than a calendar month, other currencies.
 * @see https://docs.oracle.com/iaas/Content/Billing/Concepts/budgetsoverview.htm
 */
export class OciBudget extends Construct {
  /** The underlying budget. */
  readonly budget: BudgetBudget;

  /** @throws IntentError when the cap is no whole number, or the tenancy, an address or the label is malformed. */
  constructor(scope: Construct, id: string, props: OciBudgetProps) {
    super(scope, id);
    checkProps(this.node.path, props);
    const { emails, label, tenancyId, usdPerMonth } = props;
    const displayName = physicalName(this, { kind: "budget", maxLength: MAX_NAME });
    this.budget = new BudgetBudget(this, "Resource", {
      amount: usdPerMonth,
      compartmentId: tenancyId,
      description: `Cap of ${this.node.path}`,
      displayName,
      processingPeriodType: "MONTH",
      resetPeriod: "MONTHLY",
      targetType: label === undefined ? "COMPARTMENT" : "TAG",
      targets: [label === undefined ? compartmentOf(this) : `${label.tagNamespace}.${TAG_KEYS[label.key]}.${label.value}`],
    });
    for (const { of, percent } of BUDGET_ALERTS) {
      new BudgetAlertRule(this, `${of === "actual" ? "Actual" : "Forecast"}${percent}`, {
        budgetId: this.budget.id,
        displayName: `${of}-${percent}-percent`,
        message: `${displayName}: ${percent} percent of ${usdPerMonth} USD ${of === "actual" ? "are spent" : "are likely by the end of the month"}`,
        recipients: emails.join(","),
        threshold: percent,
        thresholdType: "PERCENTAGE",
        type: of === "actual" ? "ACTUAL" : "FORECAST",
      });
    }
  }
}

function checkProps(path: string, props: OciBudgetProps): void {
  const check = new Check<OciBudgetProps>(path, props, KNOWN);
  check.text("tenancyId", { ...TENANCY, tokens: true });
  checkCap(check, props?.usdPerMonth);
  checkBudgetEmails(check, props?.emails);
  if (props?.label !== undefined) {
    const label = check.nested<OciBudgetLabel>("label", props.label, KNOWN_LABEL);
    label.text("tagNamespace", TAG_KEY);
    label.oneOf("key", COST_LABELS);
    label.text("value", TAG_VALUE);
  }
  check.done(undefined);
}

/** OCI takes whole numbers only; which one is the user's to say. */
function checkCap(check: Check<OciBudgetProps>, cap: unknown): void {
  const isNumber = typeof cap === "number" && !isToken(cap) && Number.isFinite(cap);
  if (isNumber && Number.isSafeInteger(cap) && cap >= 1) return;
  const whole = isNumber && cap > 1 ? `give ${Math.floor(cap)}, rounded down; govern keeps its cap with cents` : undefined;
  check.issue("usdPerMonth", cap, "a whole number of USD, 1 or more (OCI budgets have no cents)", whole);
}
