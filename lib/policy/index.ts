export { acknowledge, acknowledgementsOf, type Acknowledgement, type AcknowledgeOptions } from "./acknowledge";
export { evaluate, type Evaluation, type RuleCount, type UsedAcknowledgement } from "./evaluate";
export type { EvaluateOptions } from "./evaluate-options";
export { checkovBaseline, checkovSkips, referencesOf, trivyIgnore } from "./export";
export { findingText, SEVERITIES, type Finding, type FindingStatus, type Severity } from "./finding";
export { rulesOf } from "./packs";
export {
  atLeast,
  customerKey,
  defineRule,
  encrypted,
  holds,
  holdsNot,
  nothingIn,
  PACKS,
  whenever,
  type Failure,
  type Pack,
  type References,
  type Rule,
  type Subject,
  type SubjectKind,
  type Verdict,
} from "./rule";
