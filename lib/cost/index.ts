export { allocate as allocateCost, type Allocation as CostAllocation, type Share as CostShare } from "./allocation";
export { budgetIssues, checkBudget, type Accepted as AcceptedUnpriced, type BudgetProblem, type BudgetVerdict } from "./budget";
export { budgetSpec, checkBudgets, type AcceptUnpriced, type BudgetProps, type BudgetSpec } from "./budget-spec";
export type { ChangeSource, CheapestChange, ProposedChange } from "./cheapest-change";
export {
  compareCosts,
  type Candidate as CostCandidate,
  type Capabilities,
  type ComparedSide as CostSide,
  type Comparison as CostComparison,
  type ComparisonRefusal as CostRefusal,
  type Difference as CostDifference,
} from "./compare";
export { estimate, ESTIMATE_VERSION, type BookHeader, type Estimate } from "./estimate";
export type { EstimateOptions } from "./estimate-options";
export type {
  AllocationKey,
  Amounts as CostAmounts,
  Bound as CostBound,
  EstimateLine,
  Gap as PriceGap,
  LineLabels,
  Place as PricedPlace,
} from "./line";
export type { BookFile, Grade, PriceAnswer, PriceBook, PriceKey, PriceRow } from "./price";
export type {
  Allowance,
  Change as CostChange,
  ChangeRule as CostChangeRule,
  Charge,
  GapReason,
  PriceContext,
  PriceRule,
  ProviderPrices,
} from "./rule";
export type { Basis as CostBasis, Totals as CostTotals } from "./totals";
export {
  IDLE,
  SMALL,
  USAGE_PROFILES,
  type Range as UsageRange,
  type UsageKey,
  type UsageProfile,
  type UsageProps,
  type UsageQuantities,
} from "./usage";
