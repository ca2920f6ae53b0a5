import { compareCosts, type Candidate, type Capabilities } from "../../lib/cost/compare";
import { estimate, type Estimate } from "../../lib/cost/estimate";
import { acme, AS_OF, inventoryOf, oneOf, type TestRow } from "./support";

const CAPABILITIES: Capabilities = {
  runtime: "continuous",
  vcpus: 2,
  memoryGiB: 4,
  storageGiB: 20,
  zones: 1,
  ingress: "none",
  database: "none",
  egress: "direct",
};

function costing(usd: string, row: Partial<TestRow> = {}, options: object = {}, extra: object = {}): Estimate {
  const rules = { acme_red: oneOf("red") };
  const inventory = inventoryOf({ acme_red: { A: {} }, ...extra });
  return estimate(inventory, [acme({ rows: [{ sku: "red", usd, ...row }], rules })], { asOf: AS_OF, ...options });
}

const candidate = (name: string, made: Estimate, capabilities: Partial<Capabilities> = {}): Candidate => ({
  name,
  estimate: made,
  capabilities: { ...CAPABILITIES, ...capabilities },
});

describe("a comparison", () => {
  test("gives difference, percentage, formula and dates when both are whole", () => {
    const one = candidate("small", costing("17.514", { date: "2026-08-31" }));
    const other = candidate("medium", costing("35.618"));
    expect(compareCosts(one, other)).toMatchObject({
      sides: [
        { name: "small", grossUsd: "17.51", netUsd: "17.51", complete: true, gaps: [] },
        { name: "medium", grossUsd: "35.62", netUsd: "35.62", complete: true, gaps: [] },
      ],
      difference: {
        of: "small",
        against: "medium",
        usd: "-18.11",
        percent: "-50.8",
        formula: "(small 17.51 (prices of 2026-08-31 to 2026-08-31) - medium 35.62 (prices of 2026-11-19 to 2026-11-19)) / 35.62",
      },
    });
  });

  test.each([
    ["1", "1", "0.0"],
    ["2", "1", "100.0"],
    ["1", "3", "-66.7"],
    ["1000", "3", "33233.3"],
    ["0.024", "1", "-97.6"],
  ])("%s against %s is %s percent", (mine, theirs, percent) => {
    expect(compareCosts(candidate("a", costing(mine)), candidate("b", costing(theirs)))).toMatchObject({ difference: { percent } });
  });

  const whole = costing("1");
  const gap = { acme_odd: { X: {} } };
  test.each<[string, Candidate, Candidate, readonly string[]]>([
    ["one has a gap", candidate("a", costing("0.024", {}, {}, gap)), candidate("b", whole), ["incomplete"]],
    ["both have gaps", candidate("a", costing("1", {}, {}, gap)), candidate("b", costing("1", {}, {}, gap)), ["incomplete", "incomplete"]],
    ["one has a stale price", candidate("a", costing("1", { date: "2021" })), candidate("b", whole), ["incomplete"]],
    ["one rests on a guess", candidate("a", costing("1", { grade: "C" })), candidate("b", whole), ["weak-price"]],
    ["one costs nothing", candidate("a", costing("1")), candidate("b", costing("0")), ["no-cost"]],
    ["they are of different days", candidate("a", whole), candidate("b", costing("1", {}, { asOf: "2026-11-20" })), ["dates-differ"]],
    [
      "they assume different use",
      candidate("a", whole),
      candidate("b", costing("1", {}, { usage: { profile: "small" } })),
      ["usage-differs"],
    ],
    ["they can do different things", candidate("a", whole, { zones: 2 }), candidate("b", whole), ["capabilities-differ"]],
    ["a job is held against a service", candidate("a", whole, { runtime: "job" }), candidate("b", whole), ["capabilities-differ"]],
    ["both have one name", candidate("a", whole), candidate("a", whole), ["same-name"]],
  ])("has no percentage when %s", (_, one, other, reasons) => {
    const comparison = compareCosts(one, other);
    expect("refused" in comparison && comparison.refused.map(({ reason }) => reason)).toEqual(reasons);
    expect(JSON.stringify(comparison)).not.toMatch(/percent|97\.6/);
  });

  test("tells every reason in words", () => {
    const one = candidate("runner", costing("1", { grade: "C" }, {}, gap), { runtime: "job", zones: 3 });
    expect(compareCosts(one, candidate("vm", whole))).toMatchObject({
      refused: [
        { reason: "capabilities-differ", detail: "runtime: runner job, vm continuous; zones: runner 3, vm 1" },
        { reason: "incomplete", detail: "runner has 1 thing without a price to rely on" },
        { reason: "weak-price", detail: "runner rests on acme/things/red/here/thing-month, a price of grade C" },
      ],
    });
  });

  test("shows the gaps of both sides", () => {
    const comparison = compareCosts(candidate("a", costing("1", {}, {}, gap)), candidate("b", costing("2", {}, {}, gap)));
    expect(comparison.sides.map((side) => side.gaps)).toEqual([
      [{ address: "acme_odd.X", reason: "no-rule-for-type", detail: "no rule says what acme_odd costs" }],
      [{ address: "acme_odd.X", reason: "no-rule-for-type", detail: "no rule says what acme_odd costs" }],
    ]);
  });
});
