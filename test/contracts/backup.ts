import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import type { Synthesized } from "cdktf-governed-agents/testing";
import type { Fact } from "../../lib/facts/fact";
import type { BackupFrequency } from "../../lib/spec/backup-calendar";
import type { BackupProps, BackupSpec } from "../../lib/spec/backup";

type Any = Partial<Record<keyof BackupProps | "copyProviders", unknown>>;

/** What differs between providers. */
export interface BackupContract<Source> {
  /** A time of day that the provider takes, and is not the default. */
  readonly at: string;
  /** Days for which weekly backups may be kept. */
  readonly weeklyDays: number;
  /** Minutes after which a backup has begun, at worst. */
  readonly startsWithinMinutes: number;
  /** How often backups can be made; the others are refused. */
  readonly frequencies: readonly BackupFrequency[];
  /** What else the provider can do, as props that are told back. */
  readonly can: Readonly<Record<string, Any>>;
  /** What it cannot do, by the prop that is refused. */
  readonly lacks: Readonly<Record<string, Any>>;
  /** What can be added later. */
  readonly growth: Readonly<Record<string, Any>>;
  /** Two things that hold data. */
  sources(stack: TerraformStack): readonly [Source, Source];
  build(stack: TerraformStack, id: string, props: BackupProps<Source, never>): { readonly spec: BackupSpec };
  synth(build: (stack: TerraformStack) => unknown): Synthesized;
  facts(build: (stack: TerraformStack) => unknown): readonly Fact[];
}

const daily = { frequency: "daily", retentionDays: 7 } as const;

/** Every backup policy, on every provider: says in Terraform what was asked for, grows without moving anything, refuses what it cannot do. */
export function backupContract<Source>(contract: BackupContract<Source>): void {
  const { sources, build, synth, facts, at, weeklyDays, startsWithinMinutes, frequencies } = contract;
  const policy = (stack: TerraformStack, props: Any, count: 1 | 2 = 1) =>
    build(stack, "Backups", { sources: sources(stack).slice(0, count), schedules: { daily }, ...props } as BackupProps<Source, never>);
  const built = (props: Any, count?: 1 | 2) => () => synth((stack) => policy(stack, props, count));

  describe("every provider", () => {
    const weekly = { frequency: "weekly", weekday: "Saturday", at, retentionDays: weeklyDays };

    test.each<[string, Any, 1 | 2]>([
      ["the defaults", {}, 1],
      ["two sources", {}, 2],
      ["another time", { schedules: { daily: { ...daily, at } } }, 1],
      ["every week", { schedules: { weekly } }, 1],
      ...Object.entries(contract.can).map(([name, props]): [string, Any, 1] => [name, props, 1]),
    ])("Terraform says what was asked for: %s", (_name, props, count) => {
      let spec: BackupSpec | undefined;
      const found = facts((stack) => (spec = policy(stack, props, count).spec)).filter((fact) => fact.kind === "backup");
      expect(found.map((fact) => fact.spec)).toEqual([spec]);
    });

    test.each<[string, Any, 1 | 2]>([
      ["a source", {}, 2],
      ...Object.entries(contract.growth).map(([name, props]): [string, Any, 1] => [name, props, 1]),
    ])("growing by %s leaves every earlier address where it was", (_name, more, count) => {
      expect(addressesOf(built(more, count)())).toEqual(expect.arrayContaining([...addressesOf(built({})())]));
    });

    test("it knows what can be lost at worst: the time between two backups, and until one has begun", () => {
      let found: BackupSpec | undefined;
      synth((stack) => (found = policy(stack, { schedules: { weekly } }).spec));
      expect([found?.rpoMinutes, found?.schedules[0]?.rpoMinutes]).toEqual(Array(2).fill(7 * 1440 + startsWithinMinutes));
    });

    test("any word for how often, and any number of days: either the provider does it, or all of it is refused", () => {
      const days = fc.integer({ min: -1, max: 60 });
      const words = fc.constantFrom("hourly", "daily", "weekly", "monthly", "dayly", 7);
      fc.assert(
        fc.property(words, days, (frequency, retentionDays) => {
          const props = { schedules: { [String(frequency)]: { frequency, retentionDays } } };
          let spec: BackupSpec | undefined;
          try {
            synth((stack) => (spec = policy(stack, props).spec));
          } catch (error) {
            expect(String(error)).toMatch(/^(IntentError|Error): test\/Backups: \d problems?\n {2}- schedules/);
            return;
          }
          expect(frequencies).toContain(frequency);
          expect(spec?.schedules).toMatchObject([{ frequency, retentionDays }]);
        }),
        { numRuns: 12 },
      );
    });
  });

  describe("every provider fails", () => {
    test.each<[string, Any, string]>([
      ["on nothing to back up", { sources: [] }, "sources: got [], want one source or more"],
      ["on no source at all", { sources: ["everything"] }, 'sources.0: got "everything", want something that holds data'],
      ["on no schedule", { schedules: {} }, "schedules: got {}, want one named schedule or more"],
      [
        "on backups for ever",
        { schedules: { daily: { ...daily, retentionDays: "forever" } } },
        'schedules.daily.retentionDays: got "forever", want a finite number of days',
      ],
      [
        "on a day in other letters",
        { schedules: { weekly: { frequency: "weekly", weekday: "sunday", retentionDays: weeklyDays } } },
        'did you mean "Sunday"?',
      ],
      ["on a time that is none", { schedules: { daily: { ...daily, at: "25:00" } } }, 'schedules.daily.at: got "25:00", want'],
    ])("%s", (_name, props, message) => expect(built(props)).toThrow(message));

    test("on the same source twice", () => {
      const twice = (stack: TerraformStack) => {
        const [source] = sources(stack);
        return build(stack, "Backups", { sources: [source, source], schedules: { daily } } as BackupProps<Source, never>);
      };
      expect(() => synth(twice)).toThrow("want every source once; remove the second one");
    });

    const others = (["hourly", "daily", "weekly", "monthly"] as const).filter((frequency) => !frequencies.includes(frequency));
    for (const frequency of others) {
      test(`on backups that are ${frequency}`, () => {
        const props = { schedules: { [frequency]: { frequency, retentionDays: 60 } } };
        expect(built(props)).toThrow(`schedules.${frequency}.frequency: got "${frequency}", want one of "${frequencies[0]}"`);
      });
    }

    for (const [prop, props] of Object.entries(contract.lacks)) {
      test(`on ${prop}, with the reason`, () => {
        const value = prop.split(".").reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], props);
        expect(built(props)).toThrow(new RegExp(`- ${prop.replaceAll(".", "\\.")}: got .*, want nothing: \\S.* .*; remove it`));
        expect(value).toBeDefined();
      });
    }
  });
}

/** Terraform addresses of all resources. */
export function addressesOf({ json }: Synthesized): readonly string[] {
  return Object.entries(json.resource ?? {}).flatMap(([type, resources]) => Object.keys(resources as object).map((id) => `${type}.${id}`));
}
