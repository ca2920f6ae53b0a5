import { oci } from "cdktf-governed-agents/oci";
import { checkBudget, type BudgetVerdict } from "../../lib/cost/budget";
import type { BudgetProps } from "../../lib/cost/budget-spec";
import { estimate, type Estimate } from "../../lib/cost/estimate";
import type { EstimateOptions } from "../../lib/cost/estimate-options";
import { Inventory } from "../../lib/facts/inventory";

export type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** The price list is of 2024-01: older prices than the default count here. */
const OPTIONS = { asOf: "2026-11-21", maxPriceAgeDays: 3000 } as const;

export function ociInventory(resource: Resources, region: unknown = "us-ashburn-1"): Inventory {
  return new Inventory({ provider: { oci: [{ region }] }, resource } as never);
}

export function ociEstimate(resource: Resources, options: Partial<EstimateOptions> = {}, region?: unknown): Estimate {
  return estimate(ociInventory(resource, region), [oci], { ...OPTIONS, ...options });
}

/** What it costs against 20.00. */
export function ociVerdict(resource: Resources, budget: Partial<BudgetProps> = {}, options: Partial<EstimateOptions> = {}): BudgetVerdict {
  const inventory = ociInventory(resource);
  const made = { ...OPTIONS, ...options };
  return checkBudget(estimate(inventory, [oci], made), { usdPerMonth: 20, ...budget }, "city", {
    inventory,
    providers: [oci],
    options: made,
  });
}

/** The lines that cost something, as meter and dollars at most. */
export function costs({ lines }: Estimate): Readonly<Record<string, string>> {
  return Object.fromEntries(lines.filter((line) => line.usd.high !== "0").map((line) => [line.meter, line.usd.high]));
}
