export { allocate, type Allocation, type Share } from "./allocation";
export { budgetIssues, checkBudget, type Accepted, type BudgetProblem, type BudgetVerdict } from "./budget";
export { budgetSpec, checkBudgets, type AcceptUnpriced, type BudgetProps, type BudgetSpec } from "./budget-spec";
export type { ChangeSource, CheapestChange, ProposedChange } from "./cheapest-change";
export {
  compareCosts,
  type Candidate,
  type Capabilities,
  type ComparedSide,
  type Comparison,
  type ComparisonRefusal,
  type Difference,
} from "./compare";
export { estimate, ESTIMATE_VERSION, type BookHeader, type Estimate } from "./estimate";
export type { EstimateOptions } from "./estimate-options";
export type { AllocationKey, Amounts, Bound, EstimateLine, Gap, LineLabels, Place } from "./line";
export type { BookFile, Grade, PriceAnswer, PriceBook, PriceKey, PriceRow } from "./price";
export type { Allowance, Change, ChangeRule, Charge, GapReason, PriceContext, PriceRule, ProviderPrices } from "./rule";
export type { Basis, Totals } from "./totals";
export { IDLE, SMALL, USAGE_PROFILES, type Range, type UsageKey, type UsageProfile, type UsageProps, type UsageQuantities } from "./usage";
