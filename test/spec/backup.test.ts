import { Token } from "cdktf";
import fc from "fast-check";
import { backupSpec, type BackupLimits, type BackupProps, type BackupSpec } from "../../lib/spec/backup";
import { intervalMinutes } from "../../lib/spec/backup-calendar";
import type { BackupScheduleProps } from "../../lib/spec/backup-schedule";

const limits: BackupLimits<string> = {
  maxRetentionDays: 36500,
  minColdDays: 90,
  maxPointInTimeDays: 35,
  minChangeableDays: 3,
  maxSources: 3,
  region: "us-east-1",
  regionExample: "eu-west-1",
  source: "Backup Service",
  scheduleName: { pattern: /^[a-z]+$/, want: "schedule names of lower case letters" },
  labelValue: { pattern: /^[a-z0-9 -]{1,20}$/, want: "1 to 20 lower case letters and digits" },
  types: ["database", "disk"],
  support: {
    database: { title: "databases", cold: "never", pointInTime: true },
    disk: { title: "disks", cold: "monthly", pointInTime: false },
  },
  held: (source) => (source === "empty" ? [] : [{ id: source, type: source.split("-")[0] }]),
};

const daily: BackupScheduleProps = { frequency: "daily", retentionDays: 35 };
const specOf = (props: Partial<BackupProps<string>>, profile: "production" | "sandbox" = "production"): BackupSpec =>
  backupSpec({ sources: ["disk-1"], schedules: { daily }, ...props }, { path: "stack/Backups", profile }, limits);
const schedule = (props: object) => () => specOf({ schedules: { nightly: { ...daily, ...props } as BackupScheduleProps } });

describe("defaults", () => {
  test("a production policy is locked for exactly what it keeps", () => {
    const copyTo = [{ region: "eu-west-1", retentionDays: 7 }];
    const { lock } = specOf({ schedules: { daily: { ...daily, copyTo }, monthly: { frequency: "monthly", retentionDays: 400 } } });
    expect(lock).toEqual({ mode: "governance", minRetentionDays: 7, maxRetentionDays: 400 });
  });

  test("a sandbox is not locked", () => expect(specOf({}, "sandbox").lock).toEqual({ mode: "none" }));

  test("a schedule runs at a time that is clear of the usual maintenance windows, and a copy is kept like the original", () => {
    const monthly: BackupScheduleProps = { frequency: "monthly", retentionDays: 400, coldAfterDays: 30, copyTo: [{ region: "eu-west-1" }] };
    expect(specOf({ schedules: { monthly } }).schedules).toEqual([
      {
        name: "monthly",
        frequency: "monthly",
        at: "05:00",
        dayOfMonth: 1,
        retentionDays: 400,
        coldAfterDays: 30,
        startWindowMinutes: 60,
        pointInTime: false,
        copies: [{ region: "eu-west-1", retentionDays: 400, coldAfterDays: 30 }],
        rpoMinutes: 31 * 1440 + 60,
      },
    ]);
  });

  test("test restores cover the kinds of the sources and look back far enough to find a backup", () => {
    const weekly: BackupScheduleProps = { frequency: "weekly", retentionDays: 60 };
    const { restoreTesting } = specOf({
      sources: ["disk-1", "database-1"],
      schedules: { weekly },
      restoreTesting: { frequency: "monthly" },
    });
    expect(restoreTesting).toEqual({
      frequency: "monthly",
      at: "08:00",
      dayOfMonth: 1,
      types: ["database", "disk"],
      validationHours: 1,
      selectionDays: 9,
    });
  });
});

describe("any number of days", () => {
  const frequency = fc.constantFrom("hourly", "daily", "weekly", "monthly");
  const days = fc.integer({ min: 1, max: 3000 });

  test("a schedule is taken exactly when a backup outlives the time to the next one, and the RPO is never below two hours", () => {
    fc.assert(
      fc.property(frequency, days, fc.integer({ min: 60, max: 1440 }), (every, retentionDays, startWindowMinutes) => {
        const interval = intervalMinutes({ frequency: every as "daily" });
        const fits = startWindowMinutes <= interval && retentionDays * 1440 >= interval + startWindowMinutes;
        const props = { frequency: every, retentionDays, startWindowMinutes } as BackupScheduleProps;
        if (!fits) return void expect(() => specOf({ schedules: { some: props } })).toThrow();
        const { rpoMinutes } = specOf({ schedules: { some: props } });
        expect([rpoMinutes, rpoMinutes >= 120]).toEqual([interval + startWindowMinutes, true]);
      }),
    );
  });

  test("cold storage is taken exactly when the minimum time there fits", () => {
    fc.assert(
      fc.property(days, days, (retentionDays, coldAfterDays) => {
        const monthly = { frequency: "monthly", retentionDays: retentionDays + 31, coldAfterDays } as const;
        const build = () => specOf({ schedules: { monthly } });
        if (monthly.retentionDays >= coldAfterDays + 90) expect(build().schedules[0]).toMatchObject({ coldAfterDays });
        else expect(build).toThrow("days of cold storage at least");
      }),
    );
  });

  test("adding a schedule anywhere leaves the others as they are", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(names, (all) => {
        const schedules = Object.fromEntries(all.map((name, minute) => [name, { ...daily, at: `04:0${minute}` }]));
        const before = Object.fromEntries(Object.entries(schedules).slice(1));
        expect(specOf({ schedules }).schedules).toEqual(expect.arrayContaining([...specOf({ schedules: before }).schedules]));
      }),
    );
  });
});

describe("what can't be is refused, with all problems of a policy at once", () => {
  test("nothing to back up, and nothing to do", () => {
    expect(() => specOf({ sources: undefined, schedules: {} })).toThrowErrorMatchingInlineSnapshot(`
     "stack/Backups: 2 problems
       - sources: got nothing, want one source or more; give sources, or select by label with selectLabels
       - schedules: got {}, want one named schedule or more; such as { nightly: { frequency: "daily", retentionDays: 35 } }"
    `);
    expect(() => specOf({ sources: [] })).toThrowErrorMatchingInlineSnapshot(`
     "stack/Backups: 1 problem
       - sources: got [], want one source or more; give sources, or select by label with selectLabels"
    `);
    expect(() => specOf({ sources: ["empty"], schedules: undefined })).toThrowErrorMatchingInlineSnapshot(`
     "stack/Backups: 2 problems
       - sources.0: got [], want a source that holds data; remove it, or give it something to hold, such as a data volume
       - schedules: got nothing, want one named schedule or more; such as { nightly: { frequency: "daily", retentionDays: 35 } }"
    `);
  });

  test("an unknown prop", () => {
    expect(() => specOf({ schedule: { daily } } as never)).toThrowErrorMatchingInlineSnapshot(`
     "stack/Backups: 1 problem
       - schedule: got {"daily":{"frequency":"daily","retentionDays":35}}, want no such prop; did you mean "schedules"?"
    `);
  });

  test("too many sources", () => {
    expect(() => specOf({ sources: ["disk-1", "disk-2", "disk-3", "disk-4"] })).toThrowErrorMatchingInlineSnapshot(`
     "stack/Backups: 1 problem
       - sources: got 4, want 3 or fewer (Backup Service); select by label with selectLabels"
    `);
  });

  test.each<[string, object]>([
    ["unknown label", { "cost-center": "x", costCentre: "y" }],
    ["no label", {}],
    ["malformed value", { project: "A Very Long Name Indeed!" }],
    ["token", { project: "${TfToken[TOKEN.0]}" }],
  ])("labels: %s", (_name, selectLabels) => {
    expect(() => specOf({ sources: undefined, selectLabels })).toThrowErrorMatchingSnapshot();
  });

  test.each<[string, object]>([
    ["unknown frequency", { frequency: "dayly" }],
    ["a prop of another frequency", { weekday: "Monday", dayOfMonth: 3 }],
    ["a part of a day that is none", { frequency: "hourly", everyHours: 5 }],
    ["less than an hour", { frequency: "hourly", everyHours: 0.5 }],
    ["a cron expression", { at: "cron(0 5 * * ? *)" }],
    ["no time of day", { at: "24:00" }],
    ["a day that not every month has", { frequency: "monthly", dayOfMonth: 31, retentionDays: 60 }],
    ["a start window below the minimum", { startWindowMinutes: 30 }],
    ["a start window beyond the next backup", { frequency: "hourly", startWindowMinutes: 120 }],
    ["no retention", { retentionDays: undefined }],
    ["retention for ever, in words", { retentionDays: "unlimited" }],
    ["retention for ever, as a number", { retentionDays: Infinity }],
    ["retention for ever, as the provider says it", { retentionDays: -1 }],
    ["retention that is no number", { retentionDays: NaN }],
    ["negative retention", { retentionDays: -7 }],
    ["fractional retention", { retentionDays: 1.5 }],
    ["retention known only after apply", { retentionDays: Token.asNumber("${var.days}") }],
    ["retention shorter than the schedule", { frequency: "weekly", retentionDays: 7 }],
    ["cold storage too short", { frequency: "monthly", retentionDays: 100, coldAfterDays: 30 }],
    ["point in time kept too long, and cold", { retentionDays: 400, coldAfterDays: 30, pointInTime: true }],
    ["a copy in the same region", { copyTo: [{ region: "us-east-1" }] }],
    ["two copies in one region", { copyTo: [{ region: "eu-west-1" }, { region: "eu-west-1" }] }],
    ["a copy that is no region", { copyTo: [{ region: "Ireland" }, "eu-west-1"] }],
    ["a copy that is kept too short", { copyTo: [{ region: "eu-west-1", retentionDays: 1 }] }],
    ["a copy that is kept for ever", { copyTo: [{ region: "eu-west-1", retentionDays: Infinity }] }],
    ["copies that are no list", { copyTo: "eu-west-1" }],
  ])("a schedule: %s", (_name, props) => {
    expect(schedule(props)).toThrowErrorMatchingSnapshot();
  });

  test("schedules: a bad name, no object, and the same time twice", () => {
    const schedules = { daily, Nightly: daily, none: 7 as never, hourly: { frequency: "hourly", retentionDays: 7 } as const };
    expect(() => specOf({ schedules })).toThrowErrorMatchingInlineSnapshot(`
     "stack/Backups: 6 problems
       - schedules: got "Nightly", want schedule names of lower case letters
       - schedules.Nightly: got "daily 05:00", want another time than daily; merge the two
       - schedules.none: got 7, want an object
       - schedules.none.frequency: got nothing, want one of "hourly", "daily", "weekly", "monthly"
       - schedules.none.retentionDays: got nothing, want a whole number, 1 to 36500 (Backup Service)
       - schedules.hourly: got "hourly 1", want another time than none; merge the two"
    `);
  });

  test("what the data can't do", () => {
    const schedules = {
      daily: { ...daily, pointInTime: true },
      weekly: { frequency: "weekly", retentionDays: 200, coldAfterDays: 7 } as const,
    };
    expect(() => specOf({ sources: ["disk-1", "database-1"], schedules })).toThrowErrorMatchingInlineSnapshot(`
     "stack/Backups: 3 problems
       - schedules.weekly.coldAfterDays: got 7, want nothing: databases have no cold storage (Backup Service); put what can do it into a policy of its own
       - schedules.daily.pointInTime: got true, want false: disks have no point in time (Backup Service); put what can do it into a policy of its own
       - schedules.weekly.coldAfterDays: got 7, want nothing unless frequency is "monthly": so it is for disks (Backup Service); use a monthly schedule for cold storage"
    `);
  });

  test.each<[string, object]>([
    ["unknown mode", { mode: "strict" }],
    ["a range that leaves schedules out", { mode: "governance", minRetentionDays: 60, maxRetentionDays: 20 }],
    ["compliance without a time to think", { mode: "compliance", changeableForDays: 1 }],
    ["compliance without saying how long it can change", { mode: "compliance" }],
    ["days to change what can always be changed", { mode: "governance", changeableForDays: 3 }],
    ["a range for no lock", { mode: "none", minRetentionDays: 1 }],
  ])("a lock: %s", (_name, lock) => {
    expect(() => specOf({ lock: lock as never })).toThrowErrorMatchingSnapshot();
  });

  test("a lock that nobody could remove from a sandbox", () => {
    expect(() => specOf({ lock: { mode: "compliance", changeableForDays: 3 } }, "sandbox")).toThrowErrorMatchingInlineSnapshot(`
     "stack/Backups: 1 problem
       - lock.mode: got "compliance", want "none" or "governance" when profile is "sandbox": nobody could throw it away"
    `);
  });

  test.each<[string, object]>([
    ["every hour", { frequency: "hourly" }],
    ["unknown kinds", { frequency: "daily", types: ["disc", "disk", "disk"] }],
    ["too long", { frequency: "daily", validationHours: 200 }],
  ])("test restores: %s", (_name, restoreTesting) => {
    expect(() => specOf({ restoreTesting: restoreTesting as never })).toThrowErrorMatchingSnapshot();
  });

  test("test restores of nobody knows what", () => {
    const props = { sources: undefined, selectLabels: { layer: "core" }, restoreTesting: { frequency: "daily" } as const };
    expect(() => specOf(props)).toThrowErrorMatchingInlineSnapshot(`
     "stack/Backups: 1 problem
       - restoreTesting.types: got [], want one or more of database, disk; say what kinds of things are to be restored"
    `);
  });
});
