import type { TerraformStack } from "cdktf";
import type { Fact } from "../../lib/facts/fact";
import { IntentError } from "../../lib/spec/check";
import type { IPostgres, PostgresProps, PostgresSize, PostgresSpec } from "../../lib/spec/postgres";
import type { PostgresLimits } from "../../lib/spec/postgres-limits";

type Build = (stack: TerraformStack) => unknown;
type Json = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** What a provider's test suite brings to the contract. */
export interface PostgresContract {
  /** The least that a database needs, such as a size that the provider has. */
  readonly base: PostgresProps;
  readonly limits: PostgresLimits;
  /** Why the provider has no such thing, by prop. */
  readonly lacks: Readonly<Record<string, string>>;
  /** The resource type of a database, and what makes the provider replace one when it changes. */
  readonly resource: { readonly type: string; readonly replacing: readonly string[]; readonly upgrades: boolean };
  /** A size above that of `base`. */
  readonly larger: PostgresSize;
  build(stack: TerraformStack, id: string, props: PostgresProps): IPostgres & { readonly spec: PostgresSpec };
  facts(build: Build): readonly Fact[];
  /** The resources of the final Terraform. */
  resources(build: Build): Json;
}

type Case = readonly [string, Partial<PostgresProps>];

/** A value for each prop that a provider may lack. */
const GIVEN: Readonly<Record<string, unknown>> = {
  zones: 2,
  standbys: 1,
  storageGiB: 100,
  maxStorageGiB: 500,
  password: "managed",
  passwordVersion: 2,
  passwordRotationDays: 30,
  databaseName: "agents",
  adminName: "owner",
  port: 6000,
  backupWindow: "22:00",
  logRetentionDays: 30,
};

/** Every database, on every provider: says in Terraform what was asked for, is private, refuses what is not there, and grows in place. */
export function postgresContract(contract: PostgresContract): void {
  roundTrip(contract);
  exposure(contract);
  growth(contract);
  refusals(contract);
}

function roundTrip({ base, build, facts, lacks, larger, limits }: PostgresContract): void {
  const starts = limits.windowMinutes === undefined;
  const cases: readonly Case[] = [
    ["the defaults", {}],
    ["sandbox", { profile: "sandbox" }],
    ["sandbox in two zones", { profile: "sandbox", zones: 2 }],
    ["sandbox with one day of backups", { profile: "sandbox", retentionDays: limits.minRetentionDays ?? 1 }],
    ["sandbox with a standby", { profile: "sandbox", standbys: 1 }],
    ["two standbys", { standbys: 2 }],
    ["storage that grows", { storageGiB: 100, maxStorageGiB: 500 }],
    ["more storage", { storageGiB: 200 }],
    ["read replicas", { readReplicas: 2 }],
    ["a password that is renewed", { password: "write-only", passwordVersion: 3 }],
    ["a password of a later version", limits.password === undefined ? {} : { passwordVersion: 3 }],
    ["a password that is rotated less often", { passwordRotationDays: 30 }],
    ["the largest", { version: limits.versions.at(-1), size: "2xlarge", retentionDays: limits.maxRetentionDays }],
    ["the oldest and smallest", { profile: "sandbox", version: limits.versions[0], size: limits.sizes[0] }],
    ["a larger one", { size: larger }],
    ["a name of the database", { databaseName: "Agents_1" }],
    ["a name of the administrator", { adminName: "owner" }],
    ["a port of its own", { port: 6000 }],
    ["a time for backups", { backupWindow: starts ? "22:00" : "22:00-23:59" }],
    ["a time for updates", { maintenanceWindow: starts ? "Wednesday 03:00" : "Wednesday 03:15-03:45" }],
    ["logs of its own", { logRetentionDays: 30 }],
  ];
  const possible = cases.filter(([, props]) => Object.keys(props).every((prop) => lacks[prop] === undefined));
  const least = Math.max(0, ...Object.values(limits.leastStorageGiB ?? {}));

  /** All of them stand in one stack, which is synthesized once. */
  const made = lazily(() => {
    const specs: PostgresSpec[] = [];
    const found = facts((stack) => {
      possible.forEach(([, props], index) => {
        const storage = props.size === undefined || least === 0 ? {} : { storageGiB: least };
        specs.push(build(stack, `Db${index}`, { ...base, ...storage, ...props }).spec);
      });
    });
    return possible.map((_, index) => ({
      spec: specs[index],
      read: found.filter(({ kind, path }) => kind === "postgres" && path.includes(`/Db${index}/`)).map((fact) => fact.spec),
    }));
  });

  test.each(possible.map(([name, props], index) => [name, props, index] as const))(
    "Terraform says what was asked for: %s",
    (_name, props, index) => {
      const { read, spec } = made()[index] as { read: unknown; spec: PostgresSpec };
      expect(read).toEqual([spec]);
      expect(spec).toMatchObject(props);
    },
  );
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function exposure({ base, build, facts, lacks, resources }: PostgresContract): void {
  describe.each(["production", "sandbox"] as const)("in %s", (profile) => {
    const make: Build = (stack) => build(stack, "Db", { ...base, profile });
    const spec = lazily(() => facts(make).find((fact) => fact.kind === "postgres")?.spec as PostgresSpec);

    test("it is encrypted, private and takes TLS only", () => {
      expect(spec()).toMatchObject({ encrypted: true, tlsRequired: true, exposure: "private" });
    });

    test("every point in time of a week or more can be restored", () => {
      expect(spec().retentionDays).toBeGreaterThanOrEqual(7);
    });

    test("no password is in an argument that ends in the state", () => {
      expect(JSON.stringify(resources(make))).not.toMatch(/"(password|secret_string|master_password|content)":/);
    });

    test("what the provider lacks is not in the spec", () => {
      const absent = Object.keys(lacks).filter((prop) => prop !== "password");
      expect(Object.entries(spec()).filter(([prop, value]) => absent.includes(prop) && value !== undefined)).toEqual([]);
    });
  });

  test("only production is kept from being deleted, and has a second node", () => {
    const spec = (profile: "production" | "sandbox") =>
      facts((stack) => build(stack, "Db", { ...base, profile })).find((fact) => fact.kind === "postgres")?.spec as PostgresSpec;
    const nodes = ({ standbys = 0, zones = 1 }: PostgresSpec) => zones + standbys;
    expect(nodes(spec("production"))).toBe(2);
    expect(nodes(spec("sandbox"))).toBe(1);
    const text = JSON.stringify(resources((stack) => build(stack, "Db", { ...base, profile: "production" })));
    expect(text).toContain('"prevent_destroy":true');
    expect(JSON.stringify(resources((stack) => build(stack, "Db", { ...base, profile: "sandbox" })))).not.toContain("prevent_destroy");
  });
}

function growth({ base, build, lacks, larger, limits, resource, resources }: PostgresContract): void {
  const cases: readonly Case[] = [
    ["read replicas", { readReplicas: 3 }],
    ["a standby", { standbys: 2 }],
    ["storage", { storageGiB: 300 }],
    ["storage that grows", { maxStorageGiB: 100 }],
    ["a larger size", { size: larger, ...(limits.leastStorageGiB && { storageGiB: 300 }) }],
    ["longer retention", limits.minRetentionDays === undefined ? { retentionDays: 14 } : {}],
    ["another rotation", { passwordRotationDays: 30 }],
    ["another time for updates", { maintenanceWindow: limits.windowMinutes === undefined ? "Monday 03:00" : "Monday 03:00-04:00" }],
    ...(resource.upgrades ? ([["a later version", { version: "17" }]] as const) : []),
  ];
  const possible = cases.filter(([, props]) => Object.keys(props).every((prop) => lacks[prop] === undefined));
  const of = (props: Partial<PostgresProps>) => resources((stack) => build(stack, "Db", { ...base, ...props }));
  const first = lazily(() => of({}));
  const addresses = (json: Json) => Object.entries(json).flatMap(([type, found]) => Object.keys(found).map((id) => `${type}.${id}`));

  test.each(possible)("growing by %s leaves every earlier address where it was, and replaces no database", (_name, more) => {
    const before = first();
    const after = of(more);
    expect(addresses(after)).toEqual(expect.arrayContaining(addresses(before)));
    for (const [id, database] of Object.entries(before[resource.type] ?? {})) {
      for (const attribute of resource.replacing) {
        expect({ id, [attribute]: after[resource.type]?.[id]?.[attribute] }).toEqual({ id, [attribute]: database[attribute] });
      }
    }
  });

  test("one replica more leaves the earlier ones where they were", () => {
    expect(addresses(of({ readReplicas: 3 }))).toEqual(expect.arrayContaining(addresses(of({ readReplicas: 2 }))));
  });
}

function refusals({ base, build, facts, lacks, limits }: PostgresContract): void {
  const fails = (props: object) => {
    try {
      facts((stack) => build(stack, "Db", { ...base, ...props }));
    } catch (error) {
      if (error instanceof IntentError) return error.issues.map(({ prop }) => prop).sort();
      throw error;
    }
    return [];
  };

  test("says of everything that the provider lacks why, all at once", () => {
    const given = Object.fromEntries(Object.keys(lacks).map((prop) => [prop, GIVEN[prop]]));
    expect(Object.values(given)).not.toContain(undefined);
    expect(fails(given)).toEqual(Object.keys(lacks).sort());
    for (const reason of Object.values(lacks)) {
      expect(() => facts((stack) => build(stack, "Db", { ...base, ...given }))).toThrow(`want nothing: ${reason}; remove it`);
    }
  });

  test("fails on what no provider takes, each by name", () => {
    expect(fails({ version: "9.6", size: "huge", maintenanceWindow: "sometime", profile: "staging", multiAZ: true })).toEqual([
      "maintenanceWindow",
      "multiAZ",
      "profile",
      "size",
      "version",
    ]);
    expect(fails({ retentionDays: limits.maxRetentionDays + 1, readReplicas: -1, network: {} })).toEqual([
      "network",
      "readReplicas",
      "retentionDays",
    ]);
  });
}
