export { checkLock, lockIssues, type LockProblem, type LockProblemKind, type LockSource, type LockVerdict } from "./check-lock";
export type { DeclaredChanges, MovedAddress, RetiredAddress } from "./declaration";
export { EMPTY_LOCK, LOCK_FILE, LOCK_VERSION, readLock, withStack, writeLock, type StatefulLock } from "./lock";
export { lockStateful, type LockStatefulProps } from "./lock-stateful";
export { approvalsOf, type Approval } from "./approval";
export { planGuard, type PlannedLoss, type PlanGuardOptions, type PlanVerdict } from "./plan-guard";
export { readPlan, type PlanJson } from "./read-plan";
export { statefulResources, type StatefulResource, type StatefulType, type StatefulTypes } from "./stateful";
