import type { TerraformStack } from "cdktf";
import type { Fact } from "../../lib/facts/fact";
import type { BackupProps, BackupSpec } from "../../lib/spec/backup";

/** What a provider's test suite brings to the contract. */
export interface BackupContract<Source> {
  /** A region other than the stack's that the built policy can copy to. */
  readonly otherRegion: string;
  /** A kind of data that can be restored in a test. */
  readonly type: string;
  /** Two things that hold data. */
  sources(stack: TerraformStack): readonly [Source, Source];
  build(stack: TerraformStack, id: string, props: BackupProps<Source, never>): { readonly spec: BackupSpec };
  facts(build: (stack: TerraformStack) => unknown): readonly Fact[];
  /** Terraform addresses of all resources. */
  addresses(build: (stack: TerraformStack) => unknown): readonly string[];
}

/** Every backup policy, on every provider: says in Terraform what was asked for, and grows without moving anything. */
export function backupContract<Source>({ sources, otherRegion, type, build, facts, addresses }: BackupContract<Source>): void {
  type Props = Partial<BackupProps<Source, never>>;
  const daily = { frequency: "daily", retentionDays: 35 } as const;
  const weekly = { frequency: "weekly", weekday: "Saturday", at: "06:30", retentionDays: 90 } as const;
  const monthly = { frequency: "monthly", retentionDays: 400 } as const;
  const copy = { region: otherRegion };
  const coldCopy = { ...copy, retentionDays: 200, coldAfterDays: 10 };
  const labelled = { sources: undefined, selectLabels: { layer: "core" } };
  const policy = (stack: TerraformStack, props: Props, count: 1 | 2 = 1) =>
    build(stack, "Backups", { sources: sources(stack).slice(0, count), schedules: { daily }, ...props });

  test.each<[string, Props]>([
    ["the defaults", {}],
    ["every hour", { schedules: { hourly: { frequency: "hourly", retentionDays: 7 } } }],
    ["every six hours", { schedules: { often: { frequency: "hourly", everyHours: 6, startWindowMinutes: 120, retentionDays: 7 } } }],
    ["several schedules", { schedules: { daily, weekly, monthly: { frequency: "monthly", dayOfMonth: 28, retentionDays: 400 } } }],
    ["a copy with the same retention", { schedules: { daily: { ...daily, copyTo: [copy] } } }],
    ["a copy with another retention", { schedules: { daily: { ...daily, copyTo: [{ ...copy, retentionDays: 7 }] } } }],
    ["labels", { sources: undefined, selectLabels: { project: "atlas", dataClass: "personal" } }],
    ["sources and labels", { selectLabels: { layer: "core" } }],
    ["cold storage", { ...labelled, schedules: { monthly: { ...monthly, coldAfterDays: 30 } } }],
    ["cold storage of a copy", { ...labelled, schedules: { monthly: { ...monthly, copyTo: [coldCopy] } } }],
    ["point in time", { ...labelled, schedules: { daily: { ...daily, pointInTime: true } } }],
    ["no lock", { lock: { mode: "none" } }],
    ["a wider lock", { lock: { mode: "governance", minRetentionDays: 2, maxRetentionDays: 100 } }],
    ["a lock for ever", { lock: { mode: "compliance", changeableForDays: 30 } }],
    ["a sandbox", { profile: "sandbox" }],
    ["test restores", { restoreTesting: { frequency: "monthly", dayOfMonth: 15, types: [type as never], validationHours: 4 } }],
  ])("Terraform says what was asked for: %s", (_name, props) => {
    let spec: BackupSpec | undefined;
    const found = facts((stack) => (spec = policy(stack, props).spec)).find((fact) => fact.kind === "backup");
    expect(found?.spec).toEqual(spec);
  });

  test.each<[string, Props, 1 | 2]>([
    ["a schedule", { schedules: { weekly, daily } }, 1],
    ["a source", {}, 2],
    ["a copy", { schedules: { daily: { ...daily, copyTo: [copy] } } }, 1],
    ["labels", { selectLabels: { layer: "core" } }, 1],
    ["test restores", { restoreTesting: { frequency: "weekly", types: [type as never] } }, 1],
  ])("growing by %s leaves every earlier address where it was", (_name, more, count) => {
    const before = addresses((stack) => policy(stack, {}));
    expect(addresses((stack) => policy(stack, more, count))).toEqual(expect.arrayContaining([...before]));
  });

  test("it knows what can be lost at worst: of its schedules, the smallest of interval and start window", () => {
    let spec: BackupSpec | undefined;
    facts(
      (stack) =>
        (spec = policy(stack, {
          schedules: { daily, often: { frequency: "hourly", everyHours: 4, startWindowMinutes: 90, retentionDays: 7 } },
        }).spec),
    );
    expect(spec?.schedules.map(({ name, rpoMinutes }) => [name, rpoMinutes])).toEqual([
      ["daily", 25 * 60],
      ["often", 4 * 60 + 90],
    ]);
    expect(spec?.rpoMinutes).toBe(4 * 60 + 90);
  });
}
