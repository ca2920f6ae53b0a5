export { downtimeMinutes, type AvailabilityVerdict } from "./availability";
export { judge, readStateful, recoveryIssues, type RecoveryJudgement, type RecoveryOptions, type Uncovered } from "./judge";
export type { PriceOf } from "./judge-goal";
export {
  computed,
  documented,
  MechanismTable,
  UNPUBLISHED,
  type Figure,
  type Guarantee,
  type Mechanism,
  type MechanismUse,
  type UseDetails,
} from "./mechanisms";
export { pricer } from "./pricer";
export type { AddedCosts, Alternative, NotJudged, ProviderRecovery, Stateful, StatefulReader } from "./stateful";
export { measuredRtoSpec, recoverySpec, type MeasuredRto, type RecoveryProps, type RecoverySpec } from "./target";
export { FAILURE_SCOPES, type FailureScope, type RecoveryStatus, type RecoveryTarget, type RecoveryVerdict } from "./verdict";
