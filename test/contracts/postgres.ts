import type { TerraformStack } from "cdktf";
import type { Fact } from "../../lib/facts/fact";
import type { IPostgres, PostgresProps, PostgresSpec } from "../../lib/spec/postgres";

/** What a provider's test suite brings to the contract. */
export interface PostgresContract {
  build(stack: TerraformStack, id: string, props: PostgresProps): IPostgres & { readonly spec: PostgresSpec };
  facts(build: (stack: TerraformStack) => unknown): readonly Fact[];
  /** Terraform addresses of everything that is created. */
  addresses(build: (stack: TerraformStack) => unknown): readonly string[];
  /** Text of the final Terraform. */
  text(build: (stack: TerraformStack) => unknown): string;
}

/** Every database, on every provider: says in Terraform what was asked for, is private, and grows without moving anything. */
export function postgresContract({ build, facts, addresses, text }: PostgresContract): void {
  const base: PostgresProps = { version: "16", size: "small", storageGiB: 20 };
  const databases = (props: Partial<PostgresProps>) =>
    facts((stack) => build(stack, "Db", { ...base, ...props })).filter((fact) => fact.kind === "postgres");

  test.each<[string, Partial<PostgresProps>]>([
    ["the defaults", {}],
    ["sandbox", { profile: "sandbox" }],
    ["sandbox in two zones with one day of backups", { profile: "sandbox", zones: 2, retentionDays: 1 }],
    ["storage that grows", { storageGiB: 100, maxStorageGiB: 500 }],
    ["read replicas", { readReplicas: 2 }],
    ["a password that is renewed", { password: "write-only", passwordVersion: 3 }],
    ["a password that is rotated less often", { passwordRotationDays: 30 }],
    ["the largest", { version: "17", size: "2xlarge", storageGiB: 65536, retentionDays: 35 }],
    ["the oldest", { version: "13", size: "micro" }],
    ["names, port and windows of its own", { databaseName: "Agents_1", adminName: "owner", port: 6000 }],
    ["windows of its own", { backupWindow: "22:00-23:59", maintenanceWindow: "Wednesday 03:15-03:45", logRetentionDays: 30 }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: PostgresSpec | undefined;
    const found = facts((stack) => (spec = build(stack, "Db", { ...base, ...props }).spec)).filter((fact) => fact.kind === "postgres");
    expect(found.map((fact) => fact.spec)).toEqual([spec]);
  });

  test.each(["production", "sandbox"] as const)("is encrypted, private and takes TLS only in %s", (profile) => {
    expect(databases({ profile })[0]?.spec).toMatchObject({ encrypted: true, tlsRequired: true, exposure: "private" });
  });

  test.each<[string, Partial<PostgresProps>]>([
    ["read replicas", { readReplicas: 3 }],
    ["storage that grows", { maxStorageGiB: 100 }],
    ["a larger size", { size: "large" }],
    ["a later version", { version: "17" }],
    ["another rotation", { passwordRotationDays: 30 }],
  ])("growing by %s leaves every earlier address where it was", (_name, more) => {
    const of = (props: Partial<PostgresProps>) => addresses((stack) => build(stack, "Db", { ...base, ...props }));
    expect(of({ ...more })).toEqual(expect.arrayContaining([...of({})]));
  });

  test("one replica more leaves the earlier ones where they were", () => {
    const of = (readReplicas: number) => addresses((stack) => build(stack, "Db", { ...base, readReplicas }));
    expect(of(3)).toEqual(expect.arrayContaining([...of(2)]));
  });

  test.each<[string, Partial<PostgresProps>]>([
    ["managed", {}],
    ["write-only", { password: "write-only" }],
  ])("a %s password is in no argument that ends in the state", (_name, props) => {
    const json = text((stack) => build(stack, "Db", { ...base, ...props }));
    expect(json).not.toMatch(/"(password|secret_string|master_password)":/);
  });
}
