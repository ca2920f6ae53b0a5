import { checkBudget, type BudgetVerdict } from "../../cost/budget";
import { estimate, type Estimate } from "../../cost/estimate";
import type { EstimateOptions } from "../../cost/estimate-options";
import { EXIT, type ExitCode } from "../exit-code";
import { providersOf } from "../libraries";
import type { EstimateCommandOptions } from "../program";
import { inventoryOf, stacksIn, tryManifest, type StackFolder } from "../stack-folder";
import { badge, paint, printJson, progress, type Terminal } from "../terminal";

interface PricedStack {
  readonly stack: string;
  readonly estimate: Estimate;
  readonly budget?: BudgetVerdict;
}

const SHOWN_GAPS = 10;

/** Estimates the stacks of a folder, and holds them against a budget when one is given. */
export function estimateStacks(folder: string, options: EstimateCommandOptions, terminal: Terminal): ExitCode {
  const priced = stacksIn(folder, options.stack).map((stack) => {
    progress(terminal, `estimating ${stack.name}`);
    return priceStack(stack, options);
  });
  if (options.json) printJson(terminal, priced);
  else terminal.out(priced.map((stack) => stackText(terminal, stack)).join("\n\n"));
  return priced.some(({ budget }) => budget?.verdict === "fail") ? EXIT.broken : EXIT.ok;
}

function priceStack(stack: StackFolder, { asOf, usage, budget, advisory, maxPriceAge }: EstimateCommandOptions): PricedStack {
  const inventory = inventoryOf(stack);
  const providers = providersOf(inventory);
  const options: EstimateOptions = { asOf, usage: { profile: usage }, maxPriceAgeDays: maxPriceAge, labels: tryManifest(stack)?.labels };
  const estimated = estimate(inventory, providers, options);
  if (budget === undefined) return { stack: stack.name, estimate: estimated };
  const props = { usdPerMonth: budget, mode: advisory ? "advisory" : "strict" } as const;
  return { stack: stack.name, estimate: estimated, budget: checkBudget(estimated, props, stack.name, { inventory, providers, options }) };
}

function stackText(terminal: Terminal, { stack, estimate: estimated, budget }: PricedStack): string {
  const { totals, gaps, priceDates, usage, asOf } = estimated;
  const gross = totals?.gross;
  const sum =
    gross === undefined
      ? "no total, because nothing of it has a price"
      : `${gross.expected} USD a month, ${gross.low} to ${gross.high}, at list price`;
  const dates = priceDates === undefined ? "no prices" : `prices of ${priceDates.oldest} to ${priceDates.newest}`;
  return [
    `${paint(terminal, "bold", stack)}: ${sum}`,
    `  ${dates}, usage ${usage.name} v${usage.version}, as of ${asOf}`,
    ...largestOf(estimated).map(({ address, usd, meter }) => `  ${usd.padStart(10)}  ${address} (${meter})`),
    ...(gaps.length === 0 ? [] : [`  ${gaps.length} without a price to rely on`]),
    ...gaps.slice(0, SHOWN_GAPS).map(({ reason, address, detail }) => `    ${reason} ${address}: ${detail}`),
    ...(gaps.length > SHOWN_GAPS ? [`    and ${gaps.length - SHOWN_GAPS} more: see --json`] : []),
    ...(budget === undefined ? [] : budgetLines(terminal, budget)),
  ].join("\n");
}

const LARGEST = 8;

function largestOf({ lines }: Estimate): readonly { address: string; usd: string; meter: string }[] {
  const dear = lines
    .filter(({ usd }) => Number(usd.expected) > 0)
    .sort((one, other) => Number(other.usd.expected) - Number(one.usd.expected));
  return dear.slice(0, LARGEST).map(({ address, usd, meter }) => ({ address, usd: Number(usd.expected).toFixed(2), meter }));
}

/** How a budget stands, with what to do when it is broken. */
export function budgetLines(
  terminal: Terminal,
  { verdict, usd, capUsd, of, budget, problems, warnings, change }: BudgetVerdict,
): readonly string[] {
  const changes = change?.changes.map(({ change: text }) => text) ?? [];
  return [
    `  ${badge(terminal, verdict === "pass")} budget of ${of}: ${usd ?? "unknown"} against ${capUsd} USD a month (${budget.measure})`,
    ...problems.map(({ text }) => `    ${text}`),
    ...warnings.map((text) => `    warning: ${text}`),
    ...(changes.length === 0
      ? []
      : [`    cheapest change${change?.fits ? " that fits" : ", which is not enough"}: ${changes.join(" and ")}`]),
  ];
}
