import { aws } from "cdktf-governed-agents/aws";
import type { BudgetProps } from "../../lib/cost/budget-spec";
import { checkBudget, type BudgetVerdict } from "../../lib/cost/budget";
import { estimate, type Estimate } from "../../lib/cost/estimate";
import type { EstimateOptions } from "../../lib/cost/estimate-options";
import { Inventory } from "../../lib/facts/inventory";

export type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

export const AS_OF = "2026-11-21";

/** An inventory of plain Terraform JSON in one region. */
export function awsInventory(resource: Resources, region: unknown = "us-east-1", more: readonly object[] = []): Inventory {
  return new Inventory({ provider: { aws: [{ region }, ...more] }, resource } as never);
}

/** What it costs; prices of any age count unless said otherwise. */
export function awsEstimate(inventory: Inventory, options: Partial<EstimateOptions> = {}): Estimate {
  return estimate(inventory, [aws], { asOf: AS_OF, maxPriceAgeDays: 3000, ...options });
}

/** What it costs against 20.00, with the options as they come. */
export function awsVerdict(resource: Resources, budget: Partial<BudgetProps> = {}): BudgetVerdict {
  const inventory = awsInventory(resource);
  const options = { asOf: AS_OF };
  return checkBudget(estimate(inventory, [aws], options), { usdPerMonth: 20, ...budget }, "city", { inventory, providers: [aws], options });
}

/** The lines that cost something, as meter and dollars at most. */
export function costs({ lines }: Estimate): Readonly<Record<string, string>> {
  return Object.fromEntries(lines.filter((line) => line.usd.high !== "0").map((line) => [line.meter, line.usd.high]));
}
