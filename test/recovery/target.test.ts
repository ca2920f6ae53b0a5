import fc from "fast-check";
import { downtimeMinutes, FAILURE_SCOPES, measuredRtoSpec, recoverySpec, type RecoveryProps } from "../../lib/recovery";
import { AS_OF } from "./support";

const GOOD: RecoveryProps = { rpoMinutes: 60, rtoMinutes: 240, scopes: ["instance", "zone"] };
const MEASURED = { scope: "zone", of: "acme_store.Db", minutes: 30, date: "2026-11-20", evidence: "https://wiki.acme.dev/drill" } as const;

function messageOf(props: object): string {
  try {
    recoverySpec(props as RecoveryProps, "prod", AS_OF);
    return "no error";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("recoverySpec", () => {
  test("is plain JSON, with the scopes in their own order", () => {
    const spec = recoverySpec(
      { ...GOOD, scopes: ["zone", "instance"], availabilityPercent: 99.99, measuredRto: [MEASURED] },
      "prod",
      AS_OF,
    );
    expect(spec).toEqual({ path: "prod", ...GOOD, availabilityPercent: 99.99, measuredRto: [MEASURED] });
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });

  test("fails with every problem at once", () => {
    expect(
      messageOf({
        rpoMinutes: -1,
        rtoMinutes: Infinity,
        scopes: ["zones", "zone", "zone"],
        availabilityPercent: 100,
        rto: 5,
        measuredRto: [
          { scope: "zone", of: "", minutes: Number.NaN, date: "2026-11-22", evidence: " " },
          { scope: "disk", of: "acme_store.Db", minutes: 5, evidence: "drill" },
        ],
      }),
    ).toMatchInlineSnapshot(`
     "prod recovery: 12 problems
       - rto: got 5, want no such prop; remove it; known props: rpoMinutes, rtoMinutes, scopes, availabilityPercent, measuredRto
       - rpoMinutes: got -1, want a finite number of minutes, 0 or more
       - rtoMinutes: got Infinity, want a finite number of minutes, 0 or more
       - scopes.0: got "zones", want one of "instance", "zone", "region", "operator-error"; did you mean "zone"?
       - scopes: got "zone", want every scope once; remove the second one
       - availabilityPercent: got 100, want a number above 0 and below 100, such as 99.99; nothing works always
       - measuredRto.0.of: got "", want the Terraform address or construct path of what was recovered
       - measuredRto.0.minutes: got NaN, want a finite number of minutes, 0 or more
       - measuredRto.0.date: got "2026-11-22", want a day not after 2026-11-21; measure first, then give the date
       - measuredRto.0.evidence: got " ", want where the measurement can be looked up
       - measuredRto.1.scope: got "disk", want one of "instance", "zone", "region", "operator-error"
       - measuredRto.1.date: got nothing, want the day of the measurement as YYYY-MM-DD"
    `);
  });

  test.each([
    ["no scope", { ...GOOD, scopes: [] }],
    ["scopes that are no list", { ...GOOD, scopes: "zone" }],
    ["nothing", undefined],
    ["a text as number", { ...GOOD, rpoMinutes: "60" }],
    ["NaN", { ...GOOD, rtoMinutes: Number.NaN }],
    ["a measurement without date", { ...GOOD, measuredRto: [{ ...MEASURED, date: undefined }] }],
    ["a day that does not exist", { ...GOOD, measuredRto: [{ ...MEASURED, date: "2026-02-30" }] }],
    ["a measurement from the future", { ...GOOD, measuredRto: [{ ...MEASURED, date: "2026-11-22" }] }],
    ["a measurement without evidence", { ...GOOD, measuredRto: [{ ...MEASURED, evidence: "" }] }],
    ["availability without a failover", { ...GOOD, scopes: ["operator-error"], availabilityPercent: 99.9 }],
    ["availability of nothing", { ...GOOD, availabilityPercent: 0 }],
  ])("fails with %s", (_, props) => {
    expect(messageOf(props as object)).toMatchSnapshot();
  });

  test("takes a measurement of today", () => {
    expect(() => measuredRtoSpec([{ ...MEASURED, date: AS_OF }], "stack", AS_OF)).not.toThrow();
  });

  test("takes any finite time from 0 on and refuses all others", () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer()), fc.subarray([...FAILURE_SCOPES], { minLength: 1 }), (minutes, scopes) => {
        const fits = Number.isFinite(minutes) && minutes >= 0;
        expect(messageOf({ rpoMinutes: minutes, rtoMinutes: minutes, scopes }) === "no error").toBe(fits);
      }),
    );
  });
});

test.each([
  [99.99, 4.38],
  [99.9, 43.8],
  [99, 438],
  [99.999, 0.438],
])("%d %% of a month leave %d minutes", (percent, minutes) => {
  expect(downtimeMinutes(percent)).toBeCloseTo(minutes, 6);
});
