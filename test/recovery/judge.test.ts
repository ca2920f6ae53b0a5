import fc from "fast-check";
import { judge, recoveryIssues, recoverySpec, type FailureScope, type MeasuredRto } from "../../lib/recovery";
import { FAILURE_SCOPES } from "../../lib/recovery";
import { IntentError } from "../../lib/spec/check";
import { AS_OF, judged, MECHANISMS, thing, uses, worldOf, type Known } from "./support";

const DB = "acme_store.Db";
const measured = (minutes: number, more: Partial<MeasuredRto> = {}): MeasuredRto => ({
  scope: "operator-error",
  of: DB,
  minutes,
  date: "2026-10-01",
  evidence: "https://wiki.acme.dev/drill-7",
  ...more,
});

describe("one thing", () => {
  test.each<[string, Known[], FailureScope, number, number, string]>([
    ["a database with standby and point in time", ["standby", "pointInTime"], "zone", 60, 240, "ok"],
    ["the same after a wrong write, as no restore was timed", ["standby", "pointInTime"], "operator-error", 60, 240, "unproven"],
    ["a disk with hourly backups", ["hourly"], "zone", 60, 240, "infeasible"],
    ["a disk with daily backups of a cloud that gives a window of 4 hours", ["daily"], "operator-error", 60, 240, "infeasible"],
    ["the same for 28 hours", ["daily"], "operator-error", 28 * 60, 24 * 60, "unproven"],
    ["a disk whose text is pushed every 5 minutes", ["daily", "git"], "operator-error", 60, 240, "unproven"],
    ["zero in the region with a standby", ["standby", "pointInTime"], "zone", 0, 15, "ok"],
    ["zero after a wrong write", ["standby", "pointInTime"], "operator-error", 0, 15, "infeasible"],
    ["zero across regions with a follower that is seconds behind", ["standby", "follower"], "region", 0, 15, "infeasible"],
    ["a minute across regions with the same", ["standby", "follower"], "region", 1, 15, "unproven"],
    ["zero across regions with a copy that claims it but is not synchronous", ["pretended"], "region", 0, 15, "infeasible"],
    ["zero across regions with commits in both", ["twoRegions"], "region", 0, 15, "ok"],
    ["a replica whose lag nobody bounds", ["lagging"], "region", 60, 15, "unproven"],
    ["a failover that is too slow", ["standby"], "zone", 0, 1, "infeasible"],
    ["exactly what is documented", ["standby"], "zone", 0, 2, "ok"],
    ["nothing at all", [], "zone", 1e9, 1e9, "infeasible"],
    ["a mechanism for another failure", ["standby"], "region", 1e9, 1e9, "infeasible"],
  ])("%s", (_, has, scope, rpoMinutes, rtoMinutes, status) => {
    const { verdicts } = judged([thing(DB, { has: uses(...has) })], { rpoMinutes, rtoMinutes, scopes: [scope] });
    expect(verdicts.map((verdict) => verdict.status)).toEqual([status]);
  });
});

describe("a measured recovery", () => {
  const target = { rpoMinutes: 60, rtoMinutes: 240, scopes: ["operator-error"] } as const;
  const db = thing(DB, { has: uses("pointInTime") });
  const withMeasured = (...measuredRto: MeasuredRto[]) => judged([db], { ...target, measuredRto }).verdicts[0];

  test("proves what the vendor does not promise", () => {
    expect(withMeasured(measured(45))).toMatchObject({
      status: "ok",
      rtoMinutes: 45,
      reason: "point in time loses up to 5 minutes (documented) and takes 45 minutes (measured on 2026-10-01)",
    });
  });

  test("can be given for all targets, and for all below a path", () => {
    const { verdicts } = judged([db], target, { measured: [measured(45, { of: "stack" })] });
    expect(verdicts[0]?.status).toBe("ok");
  });

  test("can show that a target is not met", () => expect(withMeasured(measured(300))?.status).toBe("infeasible"));

  test("counts for its own failure and place only", () => {
    expect(withMeasured(measured(45, { scope: "zone" }))?.status).toBe("unproven");
    expect(withMeasured(measured(45, { of: "acme_store.D" }))?.status).toBe("unproven");
    expect(withMeasured(measured(45, { of: "stack/D" }))?.status).toBe("unproven");
  });

  test("is superseded by a later one, and the longer one of a day counts", () => {
    expect(withMeasured(measured(45), measured(300, { date: "2026-10-02" }))?.rtoMinutes).toBe(300);
    expect(withMeasured(measured(300), measured(45, { date: "2026-10-02" }))?.rtoMinutes).toBe(45);
    expect(withMeasured(measured(45), measured(46))?.rtoMinutes).toBe(46);
  });

  test("wins over a documented time only when it is longer", () => {
    const standby = thing(DB, { has: uses("standby") });
    const rto = (minutes: number) =>
      judged([standby], { rpoMinutes: 0, rtoMinutes: 5, scopes: ["zone"], measuredRto: [measured(minutes, { scope: "zone" })] })
        .verdicts[0];
    expect(rto(1)).toMatchObject({ status: "ok", rtoMinutes: 2 });
    expect(rto(7)).toMatchObject({ status: "infeasible", rtoMinutes: 7 });
  });

  test("of nothing that is here is told", () => {
    const lost = measured(45, { of: "acme_store.Gone" });
    expect(judged([db], { ...target, measuredRto: [lost, measured(1)] }).unmatched).toEqual([lost]);
  });

  test("from the future fails", () => {
    expect(() => judged([db], target, { measured: [measured(1, { date: "2026-12-01" })] })).toThrow(IntentError);
  });
});

describe("several things", () => {
  const strong = thing("acme_store.A", { path: "stack/A", has: uses("standby", "pointInTime") });
  const weak = thing("acme_store.B", { path: "stack/B", has: uses("daily") });
  const bare = thing("acme_store.C", { path: "stack/B/C" });
  const target = { rpoMinutes: 60, rtoMinutes: 240, scopes: ["zone"] } as const;

  test("the weakest decides, and the others that fail are named", () => {
    expect(judged([strong, weak, bare], target).verdicts).toMatchInlineSnapshot(`
     [
       {
         "address": "acme_store.C",
         "mechanism": undefined,
         "nearest": undefined,
         "path": "stack",
         "reason": "nothing brings the database back after the loss of its zone; no mechanism is known that would; the same goes for acme_store.B",
         "rpoMinutes": null,
         "rtoMinutes": null,
         "scope": "zone",
         "status": "infeasible",
         "target": {
           "rpoMinutes": 60,
           "rtoMinutes": 240,
         },
       },
     ]
    `);
  });

  test("a target for a part is judged for that part", () => {
    expect(judged([strong, weak, bare], target, { path: "stack/A" }).verdicts[0]).toMatchObject({ status: "ok", address: "acme_store.A" });
    expect(judged([strong, weak, bare], target, { path: "stack/B" }).verdicts[0]).toMatchObject({ address: "acme_store.C" });
  });

  test("what nothing protects is named, whether or not a target asks; another region only when it does", () => {
    expect(judged([strong, weak, bare], target).uncovered).toEqual([
      {
        address: "acme_store.C",
        path: "stack/B/C",
        scopes: ["instance", "zone", "operator-error"],
        why: "nothing brings the database back after the loss of its machine, the loss of its zone, a wrong write or delete",
      },
    ]);
    const regions = judged([strong, weak], { ...target, scopes: ["region"] }).uncovered;
    expect(regions.map(({ address, scopes }) => [address, scopes])).toEqual([
      ["acme_store.A", ["region"]],
      ["acme_store.B", ["region"]],
    ]);
  });

  test("nothing stateful meets any target but zero across regions", () => {
    expect(judged([], target).verdicts[0]).toMatchObject({ status: "ok", reason: "nothing stateful is here" });
    const { verdicts } = judged([], { rpoMinutes: 0, rtoMinutes: 15, scopes: ["zone", "region"] });
    expect(verdicts.map(({ status }) => status)).toEqual(["ok", "infeasible"]);
  });

  test("a provider that was not given is named once", () => {
    const { inventory } = worldOf([strong, weak]);
    expect(judge(inventory, [], [], { asOf: AS_OF }).notJudged).toEqual([
      { address: "acme_*", path: "A", why: "the provider acme was not given, or does not say what holds data" },
    ]);
  });
});

describe("the nearest mechanism", () => {
  const could = (...ids: Known[]) => ids.map((id) => ({ use: MECHANISMS.use(id) }));

  test("is the first that is proven, or else the first that a measurement can prove", () => {
    const nearest = (...ids: Known[]) =>
      judged([thing(DB, { has: uses("daily"), could: could(...ids) })], { rpoMinutes: 60, rtoMinutes: 240, scopes: ["zone"] }).verdicts[0]
        ?.nearest;
    expect(nearest("hourly", "git", "standby")).toEqual({ mechanism: "standby", usdPerMonth: null });
    expect(nearest("hourly", "git", "pointInTime")).toEqual({ mechanism: "push, once a recovery was measured", usdPerMonth: null });
    expect(nearest("hourly")).toBeUndefined();
  });

  test("carries its price when it has one", () => {
    const resource = { address: DB, type: "acme_store", path: "stack/Db", attributes: {} };
    const db = thing(DB, { could: [{ use: MECHANISMS.use("standby"), costs: { resource } }] });
    const { verdicts } = judged(
      [db],
      { rpoMinutes: 0, rtoMinutes: 5, scopes: ["zone"] },
      { priceOf: ({ resource: { address } }) => `1.00 ${address}` },
    );
    expect(verdicts[0]?.nearest).toEqual({ mechanism: "standby", usdPerMonth: `1.00 ${DB}` });
  });
});

describe("availability", () => {
  const judgeAt = (availabilityPercent: number, ...has: Known[]) =>
    judged([thing(DB, { has: uses(...has) })], { rpoMinutes: 0, rtoMinutes: 15, scopes: ["zone", "operator-error"], availabilityPercent })
      .availability;

  test("99.99 % has room for one failover of 2 minutes, and says how much it takes", () => {
    expect(judgeAt(99.99, "standby")).toMatchInlineSnapshot(`
     [
       {
         "address": "acme_store.Db",
         "availabilityPercent": 99.99,
         "mechanism": "standby",
         "minutesPerMonth": 4.38,
         "nearest": undefined,
         "path": "stack",
         "reason": "standby takes 2 minutes (documented); one failover takes 46 % of the 4.38 minutes that a month leaves",
         "rtoMinutes": 2,
         "scope": "zone",
         "status": "ok",
         "usedPercent": 46,
       },
     ]
    `);
  });

  test("99.999 % has not", () => expect(judgeAt(99.999, "standby")[0]?.status).toBe("infeasible"));

  test("is unproven by a restore that nobody has timed, whatever is lost by it", () => {
    expect(judgeAt(99.9, "daily")[0]?.status).toBe("unproven");
  });
});

test("what is missed is one error with all that a user has to know", () => {
  const db = thing(DB, {
    has: uses("pointInTime", "follower"),
    could: [{ use: MECHANISMS.use("standby") }, { use: MECHANISMS.use("twoRegions") }],
    notes: ["a replica is no backup"],
  });
  const judgement = judged([db], { rpoMinutes: 0, rtoMinutes: 15, scopes: [...FAILURE_SCOPES], availabilityPercent: 99.99 });
  expect(new IntentError("stack", recoveryIssues(judgement)).message).toMatchInlineSnapshot(`
   "stack: 7 problems
     - recovery instance: got "infeasible: acme_store.Db", want nothing lost and back within 15 minutes after the loss of a machine in stack; point in time loses up to 5 minutes (documented), where nothing may be lost; a replica is no backup; nearest that would do: standby (no price known)
     - recovery zone: got "infeasible: acme_store.Db", want nothing lost and back within 15 minutes after the loss of a zone in stack; point in time loses up to 5 minutes (documented), where nothing may be lost; a replica is no backup; nearest that would do: standby (no price known)
     - recovery region: got "infeasible: acme_store.Db", want nothing lost and back within 15 minutes after the loss of a region in stack; follower in another region loses up to 1 second (documented), and zero needs every write to be confirmed in both regions; a replica is no backup; nearest that would do: commit in two regions (no price known)
     - recovery operator-error: got "infeasible: acme_store.Db", want nothing lost and back within 15 minutes after a wrong write or delete in stack; point in time loses up to 5 minutes (documented), where nothing may be lost; no mechanism is known that would; a replica is no backup
     - availability instance: got "unproven: acme_store.Db", want a failover within 4.38 minutes a month in stack (99.99 %); point in time takes a time that nobody has published; do a recovery and give measuredRto with its date and evidence
     - availability zone: got "unproven: acme_store.Db", want a failover within 4.38 minutes a month in stack (99.99 %); point in time takes a time that nobody has published; do a recovery and give measuredRto with its date and evidence
     - availability region: got "unproven: acme_store.Db", want a failover within 4.38 minutes a month in stack (99.99 %); follower in another region takes a time that nobody has published; do a recovery and give measuredRto with its date and evidence"
  `);
});

describe("judging is monotone", () => {
  const RANK = { ok: 0, unproven: 1, infeasible: 2 };
  const known = fc.subarray(Object.keys(MECHANISMS.rows) as Known[]);
  const minutes = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 }), fc.double({ min: 0, max: 10, noNaN: true }));
  const measurements = fc.array(
    fc.record({ scope: fc.constantFrom(...FAILURE_SCOPES), minutes }).map((entry) => measured(entry.minutes, { scope: entry.scope })),
    { maxLength: 3 },
  );
  const ranks = (has: readonly Known[][], target: { rpo: number; rto: number }, times: readonly MeasuredRto[]) => {
    const things = has.map((ids, index) => thing(`acme_store.T${index}`, { has: uses(...ids) }));
    const measuredRto = times.map((entry, index) => ({ ...entry, of: `acme_store.T${index % has.length}` }));
    const props = { rpoMinutes: target.rpo, rtoMinutes: target.rto, scopes: FAILURE_SCOPES, availabilityPercent: 99.9, measuredRto };
    const { verdicts, availability } = judged(things, props);
    return [...verdicts, ...availability].map(({ status }) => RANK[status]);
  };
  const noneWorse = (before: number[], after: number[]) => before.every((rank, index) => (after[index] as number) <= rank);
  const things = fc.array(known, { minLength: 1, maxLength: 3 });

  test("a mechanism more never makes a verdict worse", () => {
    fc.assert(
      fc.property(things, known, minutes, minutes, measurements, (has, more, rpo, rto, times) => {
        const added = has.map((ids, index) => (index === 0 ? [...new Set([...ids, ...more])] : ids));
        expect(noneWorse(ranks(has, { rpo, rto }, times), ranks(added, { rpo, rto }, times))).toBe(true);
      }),
    );
  });

  test("a looser target never makes it worse", () => {
    fc.assert(
      fc.property(things, minutes, minutes, minutes, minutes, measurements, (has, rpo, rto, moreRpo, moreRto, times) => {
        const loose = { rpo: rpo + moreRpo, rto: rto + moreRto };
        expect(noneWorse(ranks(has, { rpo, rto }, times), ranks(has, loose, times))).toBe(true);
      }),
    );
  });

  test("one thing more never makes it better", () => {
    fc.assert(
      fc.property(things, known, minutes, minutes, (has, other, rpo, rto) => {
        expect(noneWorse(ranks([...has, other], { rpo, rto }, []), ranks(has, { rpo, rto }, []))).toBe(true);
      }),
    );
  });
});

test("a target is a spec like any other", () => {
  expect(recoverySpec({ rpoMinutes: 0, rtoMinutes: 0, scopes: ["region"] }, "stack", AS_OF)).toMatchObject({ rpoMinutes: 0 });
});
