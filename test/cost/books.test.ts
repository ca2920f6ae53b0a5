import { join } from "node:path";
import { checkBudget, type BudgetVerdict } from "../../lib/cost/budget";
import { estimate } from "../../lib/cost/estimate";
import { MONTH_HOURS } from "../../lib/cost/price";
import { lazyBook } from "../../lib/cost/read-book";
import type { Charge, PriceRule } from "../../lib/cost/rule";
import { acme, AS_OF, inventoryOf, type AcmeProps } from "./support";

const bookOf = (provider: string) => lazyBook(join(__dirname, `../../lib/cost/book/${provider}.json`))();

const charge = (service: string, sku: string, unit: string, quantity: number, allowance?: string): Charge => ({
  kind: "fixed",
  meter: sku,
  price: { service, sku, unit, region: "global" },
  quantity,
  basis: String(quantity),
  allowance,
});

function verdictOf(charges: Readonly<Record<string, readonly Charge[]>>, props: AcmeProps, net: readonly string[] = []): BudgetVerdict {
  const rules = Object.fromEntries(Object.entries(charges).map(([id, list]): [string, PriceRule] => [`acme_${id}`, () => list]));
  const inventory = inventoryOf(Object.fromEntries(Object.keys(rules).map((type) => [type, { One: {} }])));
  const made = estimate(inventory, [acme({ rules, ...props })], { asOf: AS_OF, maxPriceAgeDays: 2000, allowances: net });
  return checkBudget(made, { usdPerMonth: 20, measure: net.length > 0 ? "net-high" : "gross-high" });
}

describe("books of providers whose constructs are not there yet", () => {
  describe("a machine with 4 OCPU and 8 GB of OCI", () => {
    const hours = MONTH_HOURS.mean;
    const machine = [
      charge("Compute", "VM.Standard.A1.Flex:ocpu:over-3000", "OCPU-hour", 4 * hours, "A1 OCPU hours"),
      charge("Compute", "VM.Standard.A1.Flex:memory:over-18000", "GB-hour", 8 * hours, "A1 GB hours"),
    ];
    const source = "reference of the price data: allowance since 2026-06-15";
    const allowances = {
      "A1 OCPU hours": { quantity: 1500, scope: "account" as const, source },
      "A1 GB hours": { quantity: 9000, scope: "account" as const, source },
    };
    const props: AcmeProps = { book: bookOf("oci"), allowances };

    test("is 37.96 at list price, over the cap", () => {
      expect(verdictOf({ machine }, props)).toMatchObject({ verdict: "fail", usd: "37.96" });
    });

    test("is 14.20 net of the allowance that the account is said to have left", () => {
      expect(verdictOf({ machine }, props, ["A1 OCPU hours", "A1 GB hours"])).toMatchObject({ verdict: "pass", usd: "14.20" });
    });
  });

  describe("DigitalOcean", () => {
    const book = bookOf("digitalocean");
    const balancer = charge("Load Balancer", "regional-http", "node-month", 1);
    const droplet = (sku: string) => charge("Droplets", sku, "month (cap)", 1);

    test("a balancer and two of the smallest machines are at the cap, to the cent", () => {
      const two = [droplet("s-1vcpu-512mb-10gb"), droplet("s-1vcpu-512mb-10gb")];
      expect(verdictOf({ balancer: [balancer], droplets: two }, { book })).toMatchObject({ verdict: "pass", usd: "20.00" });
    });

    test("a machine for a whole month is its monthly cap of 672 hours, not 730 hours", () => {
      const hourly = book.find({ service: "Droplets", sku: "s-1vcpu-1gb", region: "global", unit: "hour" });
      expect(verdictOf({ droplet: [droplet("s-1vcpu-1gb")] }, { book })).toMatchObject({ usd: "6.00" });
      expect("row" in hourly && (Number(hourly.row.usd) * MONTH_HOURS.monthlyCap).toFixed(2)).toBe("6.00");
    });
  });

  test("a hosted runner of GitHub all month is dearer than a machine: 262.80", () => {
    const minutes = charge("Actions", "linux (2-core x64)", "minute", MONTH_HOURS.mean * 60);
    expect(verdictOf({ runner: [minutes] }, { book: bookOf("github") })).toMatchObject({ verdict: "fail", usd: "262.80" });
  });
});
