import { providerName, type Inventory, type ResourceView } from "../facts/inventory";
import { isLocal } from "../facts/local-providers";
import type { Provider } from "../provider";
import type { EstimateOptions, EstimateSpec } from "./estimate-options";
import { LineLabelling } from "./line-labels";
import type { EstimateLine, Gap, Place } from "./line";
import { numberOf } from "./literal";
import { priceCharge, type Pricing } from "./price-charge";
import type { Charge, ProviderPrices } from "./rule";

const LOCAL: readonly Charge[] = [{ kind: "free", reason: "Terraform keeps it; nothing is created anywhere" }];

/** What became of the charges of one resource; `free` when nothing is charged. */
export type PricedResource = "free" | { readonly lines: readonly EstimateLine[]; readonly gaps: readonly Gap[] };

/** Prices resources one by one. */
export class Estimator {
  private readonly byName: ReadonlyMap<string, Provider>;
  private readonly labelling: LineLabelling;
  private readonly named = new Map<EstimateLine, string>();

  constructor(
    private readonly inventory: Inventory,
    providers: readonly Provider[],
    private readonly spec: EstimateSpec,
    { labels, labelsOf }: Pick<EstimateOptions, "labels" | "labelsOf">,
  ) {
    this.byName = new Map(providers.map((provider) => [provider.name, provider]));
    const providerOf = (type: string) => this.byName.get(providerName(type));
    this.labelling = new LineLabelling({ resources: inventory.resources, providerOf, labels, labelsOf });
  }

  /** How the provider of a resource charges. */
  pricesOf(resource: ResourceView): ProviderPrices | undefined {
    return this.byName.get(providerName(resource.type))?.prices;
  }

  /** The region of a resource, when it is known. */
  regionOf(resource: ResourceView): string | undefined {
    return this.pricesOf(resource)?.regionOf(resource, this.inventory);
  }

  /** The price of a resource, or of other charges in its place. */
  price(resource: ResourceView, charges: readonly Charge[] = this.chargesOf(resource)): PricedResource {
    if (charges.every((charge) => charge.kind === "free")) return "free";
    const place = this.placeOf(resource);
    const copies = copiesOf(resource);
    if (copies === undefined) {
      const detail = "how many there are is known only when Terraform runs: write count as a literal";
      return { lines: [], gaps: [{ ...place, reason: "quantity-unknown-at-synth", detail }] };
    }
    const pricing = this.pricingOf(resource, copies);
    const priced = charges.map((charge) => this.priceOne(charge, place, pricing));
    return { lines: priced.flatMap(({ line }) => line ?? []), gaps: priced.flatMap(({ gap }) => gap ?? []) };
  }

  /** The allowance that a line counts towards, when it is one that the caller has named. */
  allowanceOf(line: EstimateLine): string | undefined {
    return this.named.get(line);
  }

  private priceOne(charge: Charge, place: Place, pricing: Pricing) {
    const priced = priceCharge(charge, place, pricing);
    const allowance = "allowance" in charge ? charge.allowance : undefined;
    if (priced.line !== undefined && allowance !== undefined && this.spec.allowances.has(allowance)) this.named.set(priced.line, allowance);
    return priced;
  }

  private chargesOf(resource: ResourceView): readonly Charge[] {
    const name = providerName(resource.type);
    if (isLocal(resource.type)) return LOCAL;
    const prices = this.pricesOf(resource);
    if (prices === undefined) return [noRule(`the provider ${name} was not given, or has no prices`)];
    const reason = Object.hasOwn(prices.free, resource.type) ? prices.free[resource.type] : undefined;
    if (reason !== undefined) return [{ kind: "free", reason }];
    const rule = Object.hasOwn(prices.rules, resource.type) ? prices.rules[resource.type] : undefined;
    if (rule === undefined) return [noRule(`no rule says what ${resource.type} costs`)];
    return rule(resource, this.inventory, { region: this.regionOf(resource) });
  }

  private pricingOf(resource: ResourceView, copies: number): Pricing {
    const { asOf, usage, maxPriceAgeDays } = this.spec;
    const prices = this.pricesOf(resource);
    const region = this.regionOf(resource);
    return { provider: providerName(resource.type), book: prices?.book, region, usage, asOf, maxPriceAgeDays, copies };
  }

  private placeOf(resource: ResourceView): Place {
    const { address, path, type } = resource;
    return { address, path, type, labels: this.labelling.labelsOf(resource) };
  }
}

function noRule(detail: string): Charge {
  return { kind: "gap", reason: "no-rule-for-type", detail };
}

/** How many of a resource there are; undefined when that is known only when Terraform runs. */
function copiesOf({ attributes }: ResourceView): number | undefined {
  if (attributes.for_each !== undefined) return undefined;
  const count = numberOf(attributes.count);
  if (count === undefined) return 1;
  return count === "unknown" || !Number.isInteger(count) || count < 0 ? undefined : count;
}
