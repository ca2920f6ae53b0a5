import { estimate, type Estimate } from "../../lib/cost/estimate";
import type { EstimateOptions } from "../../lib/cost/estimate-options";
import type { Charge } from "../../lib/cost/rule";
import { IDLE, SMALL, type UsageProps } from "../../lib/cost/usage";
import { IntentError } from "../../lib/spec/check";
import { acme, AS_OF, inventoryOf, oneOf, type AcmeProps } from "./support";

const ROWS = [
  { sku: "red", usd: "7.30" },
  { sku: "blue", usd: "0.001" },
];

function estimated(resources: Parameters<typeof inventoryOf>[0], props: AcmeProps, options: Partial<EstimateOptions> = {}): Estimate {
  return estimate(inventoryOf(resources), [acme({ rows: ROWS, ...props })], { asOf: AS_OF, ...options });
}

const usage = (charge: object = {}): Charge => ({
  kind: "usage",
  meter: "talk",
  price: { service: "Things", sku: "blue", unit: "thing-month" },
  usage: "logGB",
  ...charge,
});

describe("an estimate", () => {
  test("has one line for each charge, with everything that it rests on", () => {
    const { lines, totals, books, priceDates, complete } = estimated(
      { acme_red: { One: { path: "city/One", tags: { owner: "ada", agentId: "a1" } } } },
      { rules: { acme_red: oneOf("red", 2) } },
    );
    expect(lines).toEqual([
      {
        address: "acme_red.One",
        path: "city/One",
        type: "acme_red",
        labels: { owner: "ada", agentId: "a1" },
        provider: "acme",
        kind: "fixed",
        meter: "red",
        service: "Things",
        sku: "red",
        region: "here",
        unit: "thing-month",
        quantity: { low: "2", expected: "2", high: "2" },
        basis: "1",
        unitUsd: "7.30",
        usd: { low: "14.6", expected: "14.6", high: "14.6" },
        priceId: "acme/things/red/here/thing-month",
        priceDate: "2026-11-19",
        grade: "A",
        source: "https://acme.example/prices",
      },
    ]);
    expect(totals?.gross).toEqual({ low: "14.60", expected: "14.60", high: "14.60" });
    expect(books).toEqual([{ provider: "acme", bookVersion: "test-1", asOf: "2026-11-19" }]);
    expect(priceDates).toEqual({ oldest: "2026-11-19", newest: "2026-11-19" });
    expect(complete).toBe(true);
  });

  test("is plain JSON", () => {
    const made = estimated({ acme_red: { One: {} }, acme_odd: { Two: {} } }, { rules: { acme_red: oneOf("red") } });
    expect(JSON.parse(JSON.stringify(made))).toEqual(JSON.parse(JSON.stringify({ ...made })));
    expect(JSON.stringify(made)).not.toMatch(/NaN|Infinity/);
  });

  test("low, expected and high are told apart", () => {
    const { totals } = estimated({ acme_red: { One: {} } }, { rules: { acme_red: oneOf("red", { low: 1, expected: 2, high: 5 }) } });
    expect(totals?.gross).toEqual({ low: "7.30", expected: "14.60", high: "36.50" });
  });

  test("counts free resources by type and gives them no line", () => {
    const made = estimated({ acme_nothing: { A: {}, B: {} }, random_password: { C: {} }, terraform_data: { D: {} } }, {});
    expect(made).toMatchObject({ free: { acme_nothing: 2, random_password: 1, terraform_data: 1 }, lines: [], gaps: [], complete: true });
    expect(made.totals?.gross.high).toBe("0.00");
  });

  test("copies are counted", () => {
    const { lines } = estimated({ acme_red: { One: { count: 3 } } }, { rules: { acme_red: oneOf("red") } });
    expect(lines[0]).toMatchObject({ quantity: { high: "3" }, usd: { high: "21.9" }, basis: "3 of: 1" });
  });

  test("no resource is mistaken for something that every object has", () => {
    expect(estimated({ acme_toString: { A: {} }, acme_constructor: { B: {} } }, {}).gaps.map(({ reason }) => reason)).toEqual([
      "no-rule-for-type",
      "no-rule-for-type",
    ]);
  });
});

describe("a gap", () => {
  const gapOf = (charge: Charge, options: Partial<EstimateOptions> = {}, rows = ROWS as AcmeProps["rows"]) => {
    const made = estimated({ acme_x: { X: {} } }, { rows, rules: { acme_x: () => [charge] } }, options);
    return {
      gaps: made.gaps.map(({ reason, detail, meter }) => ({ reason, detail, meter })),
      lines: made.lines.length,
      totals: made.totals,
    };
  };
  const fixed = (over: object): Charge => ({
    kind: "fixed",
    meter: "m",
    price: { service: "Things", sku: "red", unit: "thing-month" },
    quantity: 1,
    basis: "1 thing",
    ...over,
  });
  const priced = (sku: string, more: object = {}) => fixed({ price: { service: "Things", sku, unit: "thing-month", ...more } });

  test.each<[string, Charge, string, string]>([
    ["a price that is not in the book", priced("green"), "price-missing", "no sourced price of Things green per thing-month"],
    [
      "a price of another region",
      priced("red", { region: "mars" }),
      "region-missing",
      "no sourced price of Things red per thing-month in mars, only in here",
    ],
    ["no most", fixed({ quantity: Infinity }), "unbounded", "there is no most (1 thing): give a finite limit"],
    [
      "no most of a range",
      fixed({ quantity: { low: 1, expected: 1, high: Infinity } }),
      "unbounded",
      "there is no most (1 thing): give a finite limit",
    ],
  ])("%s", (_, charge, reason, detail) => {
    const found = gapOf(charge);
    expect(found.gaps).toEqual([{ reason, detail, meter: "m" }]);
    expect(found.lines).toBe(0);
    expect(found.totals).toBeNull();
  });

  test("a type that nobody knows has no price, and certainly not 0.00", () => {
    const made = estimated({ acme_odd: { X: {} }, other_thing: { Y: {} } }, {});
    expect(made.totals).toBeNull();
    expect(made.complete).toBe(false);
    expect(made.gaps.map(({ address, reason, detail }) => ({ address, reason, detail }))).toEqual([
      { address: "acme_odd.X", reason: "no-rule-for-type", detail: "no rule says what acme_odd costs" },
      { address: "other_thing.Y", reason: "no-rule-for-type", detail: "the provider other was not given, or has no prices" },
    ]);
  });

  test("what is in a module is not seen", () => {
    const made = estimate(inventoryOf({}, { module: { vendor: {} } }), [acme({})], { asOf: AS_OF });
    expect(made.gaps).toMatchObject([{ address: "module.vendor", reason: "no-rule-for-type" }]);
    expect(made.totals).toBeNull();
  });

  test.each([{ count: "${var.n}" }, { for_each: "${toset(var.names)}" }, { count: -1 }, { count: 1.5 }])(
    "how many is not known: %j",
    (attributes) => {
      const { gaps, lines } = estimated({ acme_red: { One: attributes } }, { rules: { acme_red: oneOf("red") } });
      expect(lines).toEqual([]);
      expect(gaps).toMatchObject([{ reason: "quantity-unknown-at-synth" }]);
    },
  );

  test("the region is known only when Terraform runs", () => {
    const { gaps } = estimated({ acme_red: { One: { region: "unknown" } } }, { rules: { acme_red: oneOf("red") } });
    expect(gaps).toMatchObject([
      { reason: "region-missing", detail: "the region is known only when Terraform runs: write it as a literal" },
    ]);
  });

  test("an old price keeps its line and is a gap as well", () => {
    const rows = [{ sku: "red", usd: "1", date: "2025-10-17" }];
    expect(gapOf(priced("red"), {}, rows)).toMatchObject({ gaps: [], lines: 1 });
    expect(gapOf(priced("red"), { maxPriceAgeDays: 399 }, rows)).toMatchObject({
      gaps: [{ reason: "stale-price", detail: "the price is of 2025-10-17, 400 days before 2026-11-21; prices may be 399 days old" }],
      lines: 1,
    });
  });

  test("use that nobody has given is not zero", () => {
    const none: UsageProps = { profile: { name: "mine", version: 1, quantities: {} } };
    expect(gapOf(usage(), { usage: none })).toEqual({
      gaps: [
        { reason: "quantity-unknown-at-synth", detail: "no usage of logGB is given: profile mine has none; declare it", meter: "talk" },
      ],
      lines: 0,
      totals: null,
    });
  });
});

describe("use", () => {
  const talk = (usageProps?: UsageProps, factor?: number) =>
    estimated({ acme_x: { X: { path: "city/Hall/X" } } }, { rules: { acme_x: () => [usage({ factor })] } }, { usage: usageProps });

  test("is that of the idle profile unless said otherwise, and the profile is in the estimate", () => {
    const { lines, usage: profile } = talk();
    expect(lines[0]).toMatchObject({ kind: "usage-assumed", basis: "logGB, profile idle v1", quantity: { high: "0" }, unitUsd: "0.001" });
    expect(profile).toBe(IDLE);
  });

  test("is multiplied by what one unit of it makes", () => {
    const { lines, totals } = talk({ profile: "small" }, 1000);
    expect(lines[0]?.quantity).toEqual({ low: "100", expected: "500", high: "2000" });
    expect(totals).toMatchObject({ usage: { low: "0.10", expected: "0.50", high: "2.00" }, fixed: { high: "0.00" } });
  });

  test.each([
    ["the address", { "acme_x.X": 3, "city/Hall/X": 4 }, "3"],
    ["the nearest path", { city: 1, "city/Hall": 2 }, "2"],
    ["a path is no prefix of a longer name", { "city/Ha": 9 }, "0"],
  ])("declared for %s", (_, values, quantity) => {
    const declared = Object.fromEntries(Object.entries(values).map(([at, n]) => [at, { logGB: { low: n, expected: n, high: n } }]));
    expect(talk({ declared }).lines[0]?.quantity.high).toBe(quantity);
  });

  test("without a most is unbounded", () => {
    const { gaps } = talk({ declared: { city: { logGB: { low: 0, expected: 1, high: Infinity } } } });
    expect(gaps).toMatchObject([{ reason: "unbounded", detail: "there is no most (logGB, declared): give a finite limit" }]);
  });

  test("of nothing costs nothing at any price: an old price is no gap then", () => {
    const rows = [{ sku: "blue", usd: "1", date: "2019" }];
    const made = estimated({ acme_x: { X: {} } }, { rows, rules: { acme_x: () => [usage()] } });
    expect(made).toMatchObject({ complete: true, gaps: [] });
  });

  test("the profiles of the package say something of every quantity, in rising order", () => {
    for (const profile of [IDLE, SMALL]) {
      expect(Object.keys(profile.quantities)).toEqual(Object.keys(IDLE.quantities));
      for (const { low, expected, high } of Object.values(profile.quantities)) expect(low <= expected && expected <= high).toBe(true);
    }
  });
});

describe("allowances", () => {
  const charge: Charge = {
    kind: "fixed",
    meter: "m",
    price: { service: "Things", sku: "red", unit: "thing-month" },
    quantity: 3,
    basis: "3",
    allowance: "first five",
  };
  const props = (scope: "account" | "resource"): AcmeProps => ({
    rows: [{ sku: "red", usd: "2" }],
    rules: { acme_red: () => [charge] },
    allowances: { "first five": { quantity: 5, scope, source: "https://acme.example/free" } },
  });
  const three = { acme_red: { A: {}, B: {}, C: {} } };

  test("count in no total unless they are named", () => {
    expect(estimated(three, props("account")).totals).toMatchObject({
      gross: { high: "18.00" },
      net: { high: "18.00" },
      credit: { high: "0.00" },
    });
  });

  test("of an account are used up once, in net totals only", () => {
    const { totals, lines } = estimated(three, props("account"), { allowances: ["first five"] });
    expect(totals).toMatchObject({ gross: { high: "18.00" }, net: { high: "8.00" }, credit: { high: "10.00" } });
    expect(lines.map((line) => line.creditUsd?.high)).toEqual(["6", "4", "0"]);
  });

  test("of a resource count for each", () => {
    expect(estimated(three, props("resource"), { allowances: ["first five"] }).totals).toMatchObject({ net: { high: "0.00" } });
  });
});

describe("bad options", () => {
  test("are told all at once", () => {
    const options = {
      asOf: "21.11.2026",
      maxPriceAgeDays: 0,
      allowances: ["free lunch"],
      clock: 1,
      usage: { profile: "smal", declared: { city: { logGB: { low: 2, expected: 1, high: 3 }, beer: 1 } } },
    } as unknown as EstimateOptions;
    expect(() => estimated({}, {}, options)).toThrowErrorMatchingInlineSnapshot(`
     "estimate: 7 problems
       - clock: got 1, want no such prop; remove it; known props: asOf, usage, maxPriceAgeDays, allowances, labels, labelsOf
       - asOf: got "21.11.2026", want a day as YYYY-MM-DD
       - maxPriceAgeDays: got 0, want a whole number, 1 or more
       - usage.profile: got "smal", want one of "idle", "small"; did you mean "small"?
       - usage.declared.city.beer: got 1, want no such prop; remove it; known props: egressGB, natGB, balancerUnits, endpointGB, webRequestMillions, dnsQueryMillions, logGB, logStoredGB, containerMetrics, keyRequests, secretReads, messageMillions, emailHundredThousands, storedGB, objectWrites, objectReads, backupGB, databaseBackupGB, databaseCreditHours, functionCallMillions, functionGBSeconds, crossRegionGB, functionCpuMillionMs, rowReadMillions, rowWriteMillions, workflowMinutes
       - usage.declared.city.logGB: got {"low":2,"expected":1,"high":3}, want low, expected and high: numbers of 0 or more in rising order
       - allowances: got "free lunch", want none: the providers know none"
    `);
  });

  test.each([undefined, "", "2026-13-01", 20261121, "today"])("a day like %j is refused", (asOf) => {
    expect(() => estimated({}, {}, { asOf: asOf as string })).toThrow(IntentError);
  });

  test.each([-1, NaN, "3", undefined])("a quantity like %p is refused", (low) => {
    const declared = { city: { logGB: { low, expected: 5, high: 5 } } } as UsageProps["declared"];
    expect(() => estimated({}, {}, { usage: { declared } })).toThrow("low, expected and high: numbers of 0 or more in rising order");
  });
});
