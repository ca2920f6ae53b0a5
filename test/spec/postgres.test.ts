import { Lazy, Token } from "cdktf";
import fc from "fast-check";
import type { SpecContext } from "../../lib/spec/context";
import { postgresSpec, POSTGRES_SIZES, POSTGRES_VERSIONS, type PostgresProps } from "../../lib/spec/postgres";
import type { PostgresLimits } from "../../lib/spec/postgres-limits";
import { tryTimeWindow, windowsOverlap } from "../../lib/spec/time-window";

const CONTEXT: SpecContext = { path: "stack/Db", profile: "production", lacks: { standbys: "zones bring one" } };
const LIMITS: PostgresLimits = {
  versions: POSTGRES_VERSIONS,
  sizes: POSTGRES_SIZES,
  storageGiB: { min: 20, max: 65536 },
  growthPercent: 10,
  maxRetentionDays: 35,
  maxReadReplicas: 15,
  port: { min: 1150, max: 65535 },
  windowMinutes: 30,
  maxAdminName: 16,
  refusedAdminNames: ["admin", "postgres"],
  refusedDatabaseNames: ["postgres"],
  logRetentionDays: [30, 365],
  managedPasswordWithReplicas: false,
  source: "the provider's limit",
};
const BASE: PostgresProps = { version: "16", size: "small", storageGiB: 20 };

const LATER = Lazy.stringValue({ produce: () => "later" });

const spec = (props: Partial<PostgresProps> = {}, limits: Partial<PostgresLimits> = {}) =>
  postgresSpec({ ...BASE, ...props }, CONTEXT, { ...LIMITS, ...limits });
const fails = (props: Record<string, unknown>) => () => spec(props as Partial<PostgresProps>);

describe("postgresSpec", () => {
  test("has these defaults", () => {
    expect(spec()).toMatchInlineSnapshot(`
     {
       "adminName": "dbadmin",
       "backupWindow": "00:30-01:30",
       "databaseName": "app",
       "encrypted": true,
       "exposure": "private",
       "logRetentionDays": 365,
       "maintenanceWindow": "Sunday 02:00-04:00",
       "maxStorageGiB": undefined,
       "password": "managed",
       "passwordRotationDays": 7,
       "port": 5433,
       "profile": "production",
       "readReplicas": 0,
       "retentionDays": 7,
       "size": "small",
       "standbys": undefined,
       "storageGiB": 20,
       "tlsRequired": true,
       "version": "16",
       "zones": 2,
     }
    `);
  });

  test("a sandbox stands in one zone and may keep one day", () => {
    expect(spec({ profile: "sandbox", retentionDays: 1 })).toMatchObject({ zones: 1, retentionDays: 1 });
  });

  test("the profile decides redundancy only: all else is equal", () => {
    expect(spec({ profile: "sandbox" })).toEqual({ ...spec(), profile: "sandbox", zones: 1 });
  });

  test.each<[string, Partial<PostgresProps>, Partial<PostgresLimits>, object]>([
    ["managed", {}, {}, { password: "managed", passwordRotationDays: 7 }],
    ["write-only with replicas", { readReplicas: 1 }, {}, { password: "write-only", passwordVersion: 1 }],
    ["managed with replicas where the provider can", { readReplicas: 1 }, { managedPasswordWithReplicas: true }, { password: "managed" }],
    ["write-only when asked", { password: "write-only", passwordVersion: 2 }, {}, { password: "write-only", passwordVersion: 2 }],
  ])("the password is %s", (_name, props, limits, want) => {
    expect(spec(props, limits)).toMatchObject(want);
  });

  test("any storage and a tenth more is fine, and less than a tenth more is refused", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 50_000 }), fc.integer({ min: 1, max: 15_000 }), (storageGiB, more) => {
        const maxStorageGiB = storageGiB + more;
        const fits = more * 10 >= storageGiB;
        if (fits) expect(spec({ storageGiB, maxStorageGiB })).toMatchObject({ storageGiB, maxStorageGiB });
        else expect(fails({ storageGiB, maxStorageGiB })).toThrow(/maxStorageGiB: got \d+, want \d+ or more: 10 % above storageGiB/);
      }),
    );
  });

  test("every number out of its range is refused by name, whatever it is", () => {
    const props = [
      "storageGiB",
      "maxStorageGiB",
      "retentionDays",
      "readReplicas",
      "passwordRotationDays",
      "port",
      "zones",
      "logRetentionDays",
    ];
    const bad = fc.oneof(fc.integer({ max: -1 }), fc.integer({ min: 65_537 }), fc.constant(NaN), fc.constant(Infinity), fc.constant(20.5));
    fc.assert(
      fc.property(fc.constantFrom(...props), bad, (prop, value) => {
        expect(fails({ [prop]: value })).toThrow(`- ${prop}: got `);
      }),
    );
  });

  test.each<[string, Record<string, unknown>]>([
    ["unknown size", { size: "tiny" }],
    ["unknown version", { version: "16.3" }],
    ["version as a number", { version: 16 }],
    ["too little storage", { storageGiB: 10 }],
    ["too much storage", { storageGiB: 100_000 }],
    ["storage that can't grow", { storageGiB: 100, maxStorageGiB: 105 }],
    ["a fraction", { storageGiB: 20.5 }],
    ["not a number", { storageGiB: NaN }],
    ["one zone in production", { zones: 1 }],
    ["three zones", { zones: 3 }],
    ["retention out of range", { retentionDays: 36 }],
    ["short retention in production", { retentionDays: 3 }],
    ["a managed password with replicas", { readReplicas: 2, password: "managed" }],
    ["too many replicas", { readReplicas: 16 }],
    ["negative replicas", { readReplicas: -1 }],
    ["a password in plain text", { password: "hunter2" }],
    ["a password version with a managed password", { passwordVersion: 2 }],
    ["a rotation with a write-only password", { password: "write-only", passwordRotationDays: 30 }],
    ["a name of an administrator that everybody tries", { adminName: "Postgres" }],
    ["a name that is too long", { adminName: "administrator_of_all" }],
    ["a name with bad characters", { databaseName: "my-app" }],
    ["a reserved port", { port: 80 }],
    ["windows that overlap", { backupWindow: "03:00-05:00" }],
    ["a window that is too short", { backupWindow: "01:00-01:10" }],
    ["a window without a day", { maintenanceWindow: "02:00-04:00" }],
    ["a window that ends before it begins", { maintenanceWindow: "Sunday 23:00-01:00" }],
    ["a period that logs are never kept", { logRetentionDays: 29 }],
    ["props of another library", { multiAZ: true, storageGB: 20, masterPassword: "hunter2" }],
    [
      "values known only after apply",
      { size: LATER, storageGiB: Token.asNumber(Lazy.numberValue({ produce: () => 20 })), backupWindow: LATER, password: LATER },
    ],
  ])("fails on %s", (_name, props) => {
    expect(fails(props)).toThrowErrorMatchingSnapshot();
  });

  test("fails on no props at all", () => {
    expect(() => postgresSpec(undefined as never, CONTEXT, LIMITS)).toThrowErrorMatchingInlineSnapshot(`
     "stack/Db: 4 problems
       - : got nothing, want an object
       - version: got nothing, want one of "13", "14", "15", "16", "17"
       - size: got nothing, want one of "micro", "small", "medium", "large", "xlarge", "2xlarge"
       - storageGiB: got nothing, want a whole number, 20 to 65536 (the provider's limit)"
    `);
  });
});

describe("postgresSpec where the provider lacks something", () => {
  const reasons = (...props: string[]) => Object.fromEntries(props.map((prop) => [prop, "not here"]));
  const lacking = (props: object, lacks: readonly string[], limits: Partial<PostgresLimits> = {}) =>
    postgresSpec({ ...BASE, ...props } as PostgresProps, { ...CONTEXT, lacks: reasons(...lacks) }, { ...LIMITS, ...limits });
  const standbys = { max: 2, sizes: ["small", "large"] } as const;

  test("neither a value nor a default of it is in the spec", () => {
    const lacks = ["standbys", "storageGiB", "maxStorageGiB", "databaseName", "adminName", "port", "backupWindow", "logRetentionDays"];
    const spec = lacking({ storageGiB: undefined }, lacks, { windowMinutes: undefined, password: "state" });
    expect(JSON.parse(JSON.stringify(spec))).toEqual({
      profile: "production",
      version: "16",
      size: "small",
      zones: 2,
      retentionDays: 7,
      readReplicas: 0,
      password: "state",
      passwordVersion: 1,
      maintenanceWindow: "Sunday 02:00",
      encrypted: true,
      tlsRequired: true,
      exposure: "private",
    });
  });

  test("standbys stand in for zones, and are one at least in production", () => {
    expect(lacking({}, ["zones"], { standbys })).toMatchObject({ standbys: 1 });
    expect(lacking({ profile: "sandbox" }, ["zones"], { standbys })).toMatchObject({ standbys: 0 });
    expect(() => lacking({ standbys: 0 }, ["zones"], { standbys })).toThrow('want 1 or more when profile is "production"');
    expect(() => lacking({ size: "medium" }, ["zones"], { standbys })).toThrow('want one of "small", "large" with a standby');
    expect(() => lacking({ size: "tiny" }, ["zones"], { standbys })).toThrow("stack/Db: 1 problem\n");
  });

  test("in one zone a read replica takes over, where it can", () => {
    const one = { zones: 1, replicasTakeOver: true, managedPasswordWithReplicas: true } as const;
    expect(lacking({}, ["standbys"], one)).toMatchObject({ zones: 1, readReplicas: 1 });
    expect(lacking({ profile: "sandbox" }, ["standbys"], one)).toMatchObject({ zones: 1, readReplicas: 0 });
    expect(() => lacking({ zones: 2 }, ["standbys"], one)).toThrow("zones: got 2, want 1 in a network with one zone");
    expect(() => lacking({ readReplicas: 0 }, ["standbys"], one)).toThrow("readReplicas: got 0, want 1 or more");
  });

  test("a period that can't be chosen is the only one that is taken", () => {
    const week = { minRetentionDays: 7, maxRetentionDays: 7 };
    expect(lacking({}, ["standbys"], week)).toMatchObject({ retentionDays: 7 });
    fc.assert(
      fc.property(
        fc.integer().filter((days) => days !== 7),
        (retentionDays) => {
          expect(() => lacking({ retentionDays }, ["standbys"], week)).toThrow(
            `retentionDays: got ${retentionDays}, want 7, the only period there is`,
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  test("storage is what the size needs, or more", () => {
    const needs = { leastStorageGiB: { small: 30 } };
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 40 }), (storageGiB) => {
        const make = () => lacking({ storageGiB }, ["standbys"], needs);
        if (storageGiB >= 30) expect(make()).toMatchObject({ storageGiB });
        else expect(make).toThrow(`storageGiB: got ${storageGiB}, want 30 or more with size "small"`);
      }),
    );
  });

  test("a start is a full hour, on a day of the week where one is asked for", () => {
    const starts = (props: object) => () => lacking(props, ["standbys"], { windowMinutes: undefined });
    const two = (number: number) => String(number).padStart(2, "0");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 59 }),
        fc.constantFrom("", "Friday ", "Someday "),
        (hour, minute, day) => {
          const time = `${two(hour)}:${two(minute)}`;
          const fits = hour < 24 && minute === 0;
          const expected = (good: boolean, props: object) =>
            (good ? expect(starts(props)).not : expect(starts(props))).toThrow("the full hour at which");
          expected(fits && day === "", { backupWindow: `${day}${time}` });
          expected(fits && day === "Friday ", { maintenanceWindow: `${day}${time}` });
        },
      ),
    );
  });
});

describe("time windows", () => {
  const minutes = fc.tuple(fc.integer({ min: 0, max: 1438 }), fc.integer({ min: 1, max: 1439 })).filter(([start, end]) => start < end);
  const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

  test("are read as written", () => {
    fc.assert(
      fc.property(minutes, ([start, end]) => {
        expect(tryTimeWindow(`${clock(start)}-${clock(end)}`)).toEqual({ start, end });
      }),
    );
  });

  test("overlap when a minute is in both", () => {
    fc.assert(
      fc.property(minutes, minutes, ([start, end], [otherStart, otherEnd]) => {
        const shared = Array.from({ length: end - start }, (_, index) => start + index).some(
          (minute) => minute >= otherStart && minute < otherEnd,
        );
        expect(windowsOverlap({ start, end }, { start: otherStart, end: otherEnd })).toBe(shared);
      }),
      { numRuns: 50 },
    );
  });

  test.each(["", "1:00-2:00", "24:00-25:00", "01:60-02:00", "02:00-01:00", "01:00-01:00", "Sunday 01:00-02:00"])("%j is none", (text) => {
    expect(tryTimeWindow(text)).toBeUndefined();
  });
});
