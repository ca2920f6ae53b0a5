import { budgetIssues, checkBudget, type BudgetVerdict } from "../../lib/cost/budget";
import { budgetSpec, checkBudgets, type BudgetProps } from "../../lib/cost/budget-spec";
import { estimate } from "../../lib/cost/estimate";
import { IntentError } from "../../lib/spec/check";
import type { ChangeRule } from "../../lib/cost/rule";
import { acme, AS_OF, inventoryOf, oneOf, type AcmeProps } from "./support";

const ROWS = [
  { sku: "one", usd: "1" },
  { sku: "four", usd: "4" },
  { sku: "twelve", usd: "12" },
  { sku: "cent", usd: "0.01" },
  { sku: "crumb", usd: "0.004" },
  { sku: "guess", usd: "1", grade: "C" as const },
];

const RULES = {
  acme_one: oneOf("one"),
  acme_four: oneOf("four"),
  acme_twelve: oneOf("twelve"),
  acme_cent: oneOf("cent"),
  acme_crumb: oneOf("crumb"),
  acme_guess: oneOf("guess"),
  acme_scaled: oneOf("one", { low: 1, expected: 2, high: 30 }),
  acme_endless: oneOf("one", { low: 1, expected: 1, high: Infinity }),
};

type Resources = Parameters<typeof inventoryOf>[0];

function checked(resources: Resources, budget: Partial<BudgetProps> = {}, props: AcmeProps = {}, options: object = {}): BudgetVerdict {
  const inventory = inventoryOf(resources);
  const providers = [acme({ rows: ROWS, rules: RULES, ...props })];
  const full = { asOf: AS_OF, ...options };
  return checkBudget(estimate(inventory, providers, full), { usdPerMonth: 20, ...budget }, "city", { inventory, providers, options: full });
}

const message = (verdict: BudgetVerdict) => new IntentError("city", budgetIssues(verdict)).message;
const error = (run: () => unknown): string => {
  try {
    run();
  } catch (thrown) {
    return (thrown as Error).message;
  }
  throw new Error("nothing was thrown");
};

/** A balancer at 12 and two machines at 4: 20.00. */
const TWENTY: Resources = { acme_twelve: { Balancer: {} }, acme_four: { A: {}, B: {} } };

describe("a cap", () => {
  test("is allowed itself: 20.00 of 20.00 passes", () => {
    expect(checked(TWENTY)).toMatchObject({ verdict: "pass", usd: "20.00", capUsd: "20.00", problems: [] });
  });

  test("a cent more fails", () => {
    expect(checked({ ...TWENTY, acme_cent: { C: {} } })).toMatchObject({ verdict: "fail", usd: "20.01" });
  });

  test("holds the total that is rounded once", () => {
    expect(checked({ ...TWENTY, acme_crumb: { C: {} } })).toMatchObject({ verdict: "pass", usd: "20.00" });
    expect(checked({ ...TWENTY, acme_crumb: { C: {}, D: {} } })).toMatchObject({ verdict: "fail", usd: "20.01" });
  });

  test("of nothing allows what is free", () => {
    expect(checked({ acme_nothing: { A: {} } }, { usdPerMonth: 0 }).verdict).toBe("pass");
    expect(checked({ acme_cent: { A: {} } }, { usdPerMonth: 0 }).verdict).toBe("fail");
  });

  test("holds the most that scaling allows unless said otherwise", () => {
    const scaled: Resources = { acme_scaled: { S: {} } };
    expect(checked(scaled)).toMatchObject({ verdict: "fail", usd: "30.00" });
    expect(checked(scaled, { measure: "gross-expected" })).toMatchObject({ verdict: "pass", usd: "2.00" });
  });

  test("holds list prices unless net is asked for and the allowance is named", () => {
    const allowances = { "first four": { quantity: 4, scope: "account" as const, source: "https://acme.example" } };
    const rules = {
      acme_six: () => oneOf("four", 6)({} as never, {} as never, {} as never).map((charge) => ({ ...charge, allowance: "first four" })),
    };
    const run = (measure: BudgetProps["measure"], names: readonly string[]) =>
      checked({ acme_six: { A: {} } }, { measure }, { rules: rules as never, allowances }, { allowances: names });
    expect(run("gross-high", ["first four"])).toMatchObject({ verdict: "fail", usd: "24.00" });
    expect(run("net-high", [])).toMatchObject({ verdict: "fail", usd: "24.00" });
    expect(run("net-high", ["first four"])).toMatchObject({ verdict: "pass", usd: "8.00" });
  });

  test("of a scope or an agent holds only what belongs to it", () => {
    const resources: Resources = {
      acme_twelve: { A: { path: "city/A/X", tags: { agentId: "a" } }, B: { path: "city/B/X", tags: { agentId: "b" } } },
      acme_four: { Shared: { path: "city/Ab", tags: {} } },
    };
    expect(checked(resources)).toMatchObject({ verdict: "fail", usd: "28.00", of: "the stack" });
    expect(checked(resources, { scope: "city/A" })).toMatchObject({ verdict: "pass", usd: "12.00", of: "city/A" });
    expect(checked(resources, { agentId: "b", usdPerMonth: 11.99 })).toMatchObject({
      verdict: "fail",
      usd: "12.00",
      of: "agent b in the stack",
    });
  });
});

describe("what has no price to rely on", () => {
  test("fails when strict, and is no 0.00", () => {
    const verdict = checked({ acme_odd: { X: {} } });
    expect(verdict).toMatchObject({ verdict: "fail", usd: null });
    expect(message(verdict)).toMatchInlineSnapshot(`
     "city: 1 problem
       - budgetUsdPerMonth: got "no-rule-for-type acme_odd.X: no rule says what acme_odd costs", want a price to rely on; make it known, or add it to acceptUnpriced with a reason and an expiry, or set mode to advisory"
    `);
  });

  test("warns when advisory", () => {
    expect(checked({ acme_odd: { X: {} }, acme_one: { A: {} } }, { mode: "advisory" })).toMatchObject({
      verdict: "pass",
      usd: "1.00",
      warnings: ["no-rule-for-type acme_odd.X: no rule says what acme_odd costs"],
    });
  });

  test("a price of grade C does not pass silently", () => {
    expect(message(checked({ acme_guess: { G: {}, H: {} } }))).toMatchInlineSnapshot(`
     "city: 1 problem
       - budgetUsdPerMonth: got "weak-price acme_guess.G and 1 more: guess: the price of Things guess is of grade C, a single source or in conflict", want a price to rely on; make it known, or add it to acceptUnpriced with a reason and an expiry, or set mode to advisory"
    `);
  });

  test("a stale price fails when strict", () => {
    const rows = [{ sku: "one", usd: "1", date: "2024-07-01" }];
    expect(checked({ acme_one: { A: {} } }, {}, { rows }).problems).toMatchObject([{ kind: "stale-price", addresses: ["acme_one.A"] }]);
  });

  test("what has no most fails always, and cannot be accepted", () => {
    const acceptUnpriced = [{ what: "acme_endless", reason: "we trust ourselves", expires: "2027-01-01" }];
    for (const mode of ["strict", "advisory"] as const) {
      const verdict = checked({ acme_endless: { E: {} } }, { mode, acceptUnpriced });
      expect(verdict).toMatchObject({ verdict: "fail", problems: [{ kind: "unbounded" }] });
      expect(message(verdict)).toContain("give a finite limit");
    }
  });

  test.each([
    ["an address", "acme_odd.X"],
    ["a type", "acme_odd"],
    ["a construct path", "city/Odd"],
    ["a path above", "city"],
  ])("is accepted by %s", (_, what) => {
    const acceptance = { what, reason: "billed by another team", expires: AS_OF };
    const verdict = checked({ acme_odd: { X: { path: "city/Odd" } } }, { acceptUnpriced: [acceptance] });
    expect(verdict).toMatchObject({ verdict: "pass", accepted: [{ ...acceptance, addresses: ["acme_odd.X"] }], warnings: [] });
  });

  test("an acceptance of nothing is told", () => {
    const verdict = checked(TWENTY, { acceptUnpriced: [{ what: "acme_od", reason: "billed by another team", expires: "2027-01-01" }] });
    expect(verdict).toMatchObject({ verdict: "pass", warnings: ['acceptUnpriced "acme_od" accepts nothing: remove it'] });
  });

  test("a thousand of a kind are one problem", () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`X${index}`, {}]));
    const { problems } = checked({ acme_odd: many });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.text).toBe("no-rule-for-type acme_odd.X0 and 999 more: no rule says what acme_odd costs");
  });
});

describe("the cheapest change that fits", () => {
  const to = (sku: string, loses?: string) => ({ sku, loses });
  const changes = (...options: readonly { sku: string; loses?: string }[]): ChangeRule => {
    return (resource) =>
      options.map(({ sku, loses }) => ({
        change: `size "${sku}"`,
        loses,
        instead: { [resource.address]: oneOf(sku)(resource, {} as never, {} as never) },
      }));
  };

  test("is the one that keeps most", () => {
    const verdict = checked(
      { acme_twelve: { A: {}, B: {} } },
      {},
      { changes: { acme_twelve: changes(to("one"), to("four"), to("crumb")) } },
    );
    expect(verdict.change).toEqual({ fits: true, changes: [{ change: 'size "four"', addresses: ["acme_twelve.A"] }], usd: "16.00" });
    expect(message(verdict)).toMatchInlineSnapshot(`
     "city: 1 problem
       - budgetUsdPerMonth: got 24, want at most 20.00 for the stack (gross-high); largest: acme_twelve.A 12.00 (twelve, 1), acme_twelve.B 12.00 (twelve, 1); cheapest change that fits: size "four" (acme_twelve.A) makes it 16.00"
    `);
  });

  test("is one without loss before one with loss", () => {
    const { change } = checked(
      { acme_twelve: { A: {}, B: {} } },
      {},
      { changes: { acme_twelve: changes(to("four", "half of it"), to("one")) } },
    );
    expect(change).toMatchObject({ fits: true, changes: [{ change: 'size "one"' }], usd: "13.00" });
  });

  test("is made at all places when one is not enough", () => {
    const verdict = checked(
      { acme_twelve: { A: {}, B: {}, C: {} } },
      { usdPerMonth: 12 },
      { changes: { acme_twelve: changes(to("four", "speed")) } },
    );
    expect(verdict.change).toMatchObject({
      fits: true,
      usd: "12.00",
      changes: [{ addresses: ["acme_twelve.A", "acme_twelve.B", "acme_twelve.C"] }],
    });
    expect(message(verdict)).toContain(
      'cheapest change that fits: size "four" (acme_twelve.A and 2 more) makes it 12.00, at the price of speed',
    );
  });

  test("may be several together", () => {
    const rules = { acme_twelve: changes(to("four")), acme_four: changes(to("one")) };
    const { change } = checked({ acme_twelve: { A: {} }, acme_four: { B: {} } }, { usdPerMonth: 5 }, { changes: rules });
    expect(change).toMatchObject({ fits: true, usd: "5.00", changes: [{ addresses: ["acme_twelve.A"] }, { addresses: ["acme_four.B"] }] });
  });

  test("several together are as mild as they may be", () => {
    const rules = { acme_twelve: changes(to("one"), to("four")), acme_four: changes(to("crumb"), to("one")) };
    const { change } = checked({ acme_twelve: { A: {} }, acme_four: { B: {} } }, { usdPerMonth: 4.5 }, { changes: rules });
    expect(change).toEqual({
      fits: true,
      usd: "4.00",
      changes: [
        { change: 'size "four"', addresses: ["acme_twelve.A"] },
        { change: 'size "crumb"', addresses: ["acme_four.B"] },
      ],
    });
  });

  test("is not claimed when nothing fits", () => {
    const verdict = checked(
      { acme_twelve: { A: {} }, acme_four: { B: {} } },
      { usdPerMonth: 5 },
      { changes: { acme_twelve: changes(to("four")) } },
    );
    expect(verdict.change).toMatchObject({ fits: false, usd: "8.00" });
    expect(message(verdict)).toContain('no change fits: with size "four" (acme_twelve.A) it is still 8.00');
    expect(message(checked({ acme_twelve: { A: {}, B: {} } }))).toContain("the price book knows no cheaper way");
  });

  test("leads to nothing that has no price", () => {
    const { change } = checked({ acme_twelve: { A: {}, B: {} } }, {}, { changes: { acme_twelve: changes(to("free lunch")) } });
    expect(change).toEqual({ fits: false, changes: [], usd: "24.00" });
  });

  test("is not sought when the budget holds", () => {
    const never: ChangeRule = () => {
      throw new Error("asked");
    };
    expect(checked(TWENTY, {}, { changes: { acme_twelve: never } }).change).toBeUndefined();
  });
});

describe("a wrong budget", () => {
  test.each([-1, -0.01, 19.999, 0.001, NaN, Infinity, -Infinity, "20", null, undefined, 20n, 1e15])("cap %p is refused", (usdPerMonth) => {
    const run = () => budgetSpec({ usdPerMonth } as BudgetProps, "city", AS_OF);
    expect(run).toThrow("want an amount of USD in whole cents, 0 or more, such as 20 or 19.99");
  });

  test.each([0, 0.01, 0.1, 0.07, 19.99, 20, 1_000_000.5])("cap %p is fine", (usdPerMonth) => {
    expect(budgetSpec({ usdPerMonth }, "city", AS_OF)).toMatchObject({ usdPerMonth, mode: "strict", measure: "gross-high" });
  });

  test("is told with all that is wrong", () => {
    const props = {
      usdPerMonth: -5,
      mode: "strickt",
      budget: 3,
      acceptUnpriced: [
        { what: "aws_x", reason: " ", expires: "2027-01-01" },
        { what: "aws_y", reason: "we know this one", expires: "2026-11-20" },
        { what: "aws_z", reason: "we know this one" },
      ],
    } as unknown as BudgetProps;
    expect(error(() => budgetSpec(props, "city", AS_OF))).toMatchInlineSnapshot(`
     "city budget: 6 problems
       - budget: got 3, want no such prop; remove it; known props: usdPerMonth, mode, measure, acceptUnpriced, scope, agentId
       - usdPerMonth: got -5, want an amount of USD in whole cents, 0 or more, such as 20 or 19.99
       - mode: got "strickt", want one of "strict", "advisory"; did you mean "strict"?
       - acceptUnpriced.0.reason: got " ", want a reason of 10 characters or more, for whoever pays
       - acceptUnpriced.1.expires: got "2026-11-20", want a day not before 2026-11-21; it has expired: look again, then renew or remove it
       - acceptUnpriced.2.expires: got nothing, want a day as YYYY-MM-DD"
    `);
  });

  test("two for nested scopes must not contradict", () => {
    const budget = (usdPerMonth: number, more: Partial<BudgetProps> = {}) => budgetSpec({ usdPerMonth, ...more }, "city", AS_OF);
    expect(() =>
      checkBudgets(
        [budget(100), budget(100, { scope: "city/A" }), budget(20, { scope: "city/A/B" }), budget(50, { agentId: "a" })],
        "city",
      ),
    ).not.toThrow();
    expect(
      error(() =>
        checkBudgets(
          [budget(100), budget(20, { scope: "city/A" }), budget(30, { scope: "city/A/B" }), budget(120, { agentId: "a" }), budget(90)],
          "city",
        ),
      ),
    ).toMatchInlineSnapshot(`
     "city budgets: 4 problems
       - city/A/B: got 30, want at most 20.00, the cap of city/A that holds it; lower it, or raise the outer one
       - agent a in the stack: got 120, want at most 100.00, the cap of the stack that holds it; lower it, or raise the outer one
       - agent a in the stack: got 120, want at most 90.00, the cap of the stack that holds it; lower it, or raise the outer one
       - the stack: got "caps 100.00 and 90.00", want one budget; remove one of the two"
    `);
  });
});
