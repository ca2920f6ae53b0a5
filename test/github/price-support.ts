import { github } from "cdktf-governed-agents/github";
import { estimate, type Estimate } from "../../lib/cost/estimate";
import type { EstimateOptions } from "../../lib/cost/estimate-options";
import { Inventory, type TerraformJson } from "../../lib/facts/inventory";

export type Resources = TerraformJson["resource"];

const AS_OF = "2026-11-21";

/** What plain Terraform JSON costs; prices of any age count unless said otherwise. */
export function ghEstimate(resource: Resources, options: Partial<EstimateOptions> = {}): Estimate {
  return estimate(new Inventory({ resource }), [github], { asOf: AS_OF, maxPriceAgeDays: 3000, ...options });
}

/** The lines that cost something, as meter and dollars from least to most. */
export function costs({ lines }: Estimate): Readonly<Record<string, string>> {
  const text = ({ low, high }: { low: string; high: string }) => (low === high ? high : `${low} to ${high}`);
  return Object.fromEntries(lines.filter((line) => line.usd.high !== "0").map((line) => [line.meter, text(line.usd)]));
}

/** What has no price, as reason and meter. */
export function gaps({ gaps: all }: Estimate): readonly string[] {
  return all.map(({ reason, meter }) => (meter === undefined ? reason : `${reason}: ${meter}`));
}
