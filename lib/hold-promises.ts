import type { IConstruct } from "constructs";
import { budgetIssues, checkBudget, type BudgetVerdict } from "./cost/budget";
import { estimate } from "./cost/estimate";
import type { EstimateOptions } from "./cost/estimate-options";
import type { Inventory } from "./facts/inventory";
import type { LabelSet } from "./labels";
import { acknowledgementsOf } from "./policy/acknowledge";
import { evaluate } from "./policy/evaluate";
import { SEVERITIES, type Finding } from "./policy/finding";
import { rulesOf } from "./policy/packs";
import type { Promises } from "./promises";
import type { Provider } from "./provider";
import { judge, recoveryIssues } from "./recovery/judge";
import { pricer } from "./recovery/pricer";
import type { ManifestSections } from "./report/manifest";
import { policySection } from "./report/policy-section";
import type { Issue } from "./spec/check";

/** What promises are held against. */
export interface PromisesSource {
  readonly stack: IConstruct;
  readonly inventory: Inventory;
  readonly providers: readonly Provider[];
  /** The labels of the construct with this path. */
  readonly labelsOf: (path: string) => LabelSet | undefined;
}

/** What became of the promises: what the report shows, and what is wrong. */
export interface PromisesOutcome {
  readonly sections: ManifestSections;
  readonly issues: readonly Issue[];
}

/** Holds the promises against the final JSON. */
export function holdPromises(promises: Promises, source: PromisesSource): PromisesOutcome {
  const outcomes = [holdBudgets(promises, source), holdPolicy(promises, source), holdRecovery(promises, source)];
  return {
    sections: Object.assign({}, ...outcomes.map(({ sections }) => sections)) as ManifestSections,
    issues: outcomes.flatMap(({ issues }) => issues),
  };
}

const NOTHING: PromisesOutcome = { sections: {}, issues: [] };

function optionsOf({ cost, asOf }: Promises, { labelsOf }: PromisesSource): EstimateOptions {
  return { ...cost, asOf, labelsOf: (resource) => labelsOf(resource.path) };
}

function holdBudgets(promises: Promises, source: PromisesSource): PromisesOutcome {
  if (promises.cost === undefined) return NOTHING;
  const { inventory, providers, stack } = source;
  const options = optionsOf(promises, source);
  const cost = estimate(inventory, providers, options);
  const budgets = promises.budgets.map((budget): BudgetVerdict =>
    checkBudget(cost, budget, stack.node.path, { inventory, providers, options }),
  );
  return { sections: { cost, ...(budgets.length > 0 && { budgets }) }, issues: budgets.flatMap((verdict) => budgetIssues(verdict)) };
}

function holdPolicy({ policy, asOf }: Promises, { inventory, providers, stack }: PromisesSource): PromisesOutcome {
  if (policy === undefined) return NOTHING;
  const { packs, rules, failOn } = policy;
  const evaluation = evaluate(inventory, providers, { asOf, packs, rules, acknowledgements: acknowledgementsOf(stack) });
  const stops = ({ status, severity }: Finding) => status === "fail" && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
  const issues = evaluation.findings.filter(stops).map((finding) => ({
    prop: finding.ruleId,
    got: `${finding.observed} (${finding.severity}, ${finding.address})`,
    want: finding.expected,
    fix: finding.fix,
  }));
  return { sections: { policy: policySection(packs, evaluation, [...rulesOf("regulated"), ...rules]) }, issues };
}

function holdRecovery(promises: Promises, source: PromisesSource): PromisesOutcome {
  const { recovery, asOf } = promises;
  if (recovery === undefined) return NOTHING;
  const { inventory, providers } = source;
  const priceOf = pricer({ inventory, providers, options: optionsOf(promises, source) });
  const judgement = judge(inventory, providers, recovery, { asOf, priceOf });
  return { sections: { recovery: judgement }, issues: recoveryIssues(judgement) };
}
