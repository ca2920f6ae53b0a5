import type { TerraformStack } from "cdktf";
import type { Synthesized } from "cdktf-governed-agents/testing";
import type { Fact } from "../../lib/facts/fact";
import type { BackupBucketProps, BackupBucketSpec } from "../../lib/spec/backup-bucket";

type Props = Partial<BackupBucketProps>;

/** What differs between providers. */
export interface BackupBucketContract {
  /** What else the provider can do, as props that are told back. */
  readonly can: Readonly<Record<string, Props>>;
  /**
   * Whether old versions can be kept.
   * @default true
   */
  readonly versions?: boolean;
  /** What it cannot do, by the prop that is refused. */
  readonly lacks: Readonly<Record<string, Props>>;
  build(stack: TerraformStack, id: string, props: BackupBucketProps): { readonly spec: BackupBucketSpec };
  synth(build: (stack: TerraformStack) => unknown): Synthesized;
  facts(build: (stack: TerraformStack) => unknown): readonly Fact[];
  /** Whether Terraform is kept from destroying the bucket. */
  preventsDestroy(synthesized: Synthesized): unknown;
}

/** Every bucket for backups, on every provider. */
export function backupBucketContract({ can, lacks, versions = true, build, synth, facts, preventsDestroy }: BackupBucketContract): void {
  const made =
    (props: object, id = "Exports") =>
    (stack: TerraformStack) =>
      build(stack, id, { retentionDays: 90, ...props });

  test.each<[string, Props]>([["the defaults", {}], ["a sandbox", { profile: "sandbox" }], ...Object.entries(can)])(
    "Terraform says what was asked for: %s",
    (_name, props) => {
      let spec: BackupBucketSpec | undefined;
      const found = facts((stack) => (spec = made(props)(stack).spec));
      expect(found.filter(({ kind }) => kind === "backup-bucket").map((fact) => fact.spec)).toEqual([spec]);
    },
  );

  test("Terraform cannot destroy it in production, and can in a sandbox", () => {
    expect(preventsDestroy(synth(made({})))).toBe(true);
    expect(preventsDestroy(synth(made({ profile: "sandbox" })))).toBe(false);
  });

  test(`what is overwritten is ${versions ? "either kept as a version, or cannot be overwritten" : "kept by a lock only"}`, () => {
    for (const props of [{}, { profile: "sandbox" }, ...Object.values(can)]) {
      let spec: BackupBucketSpec | undefined;
      synth((stack) => (spec = made(props)(stack).spec));
      expect(spec?.versioned).toBe(versions && (spec?.lock?.mode ?? "none") === "none");
    }
  });

  test("two buckets whose names would collide are refused", () => {
    const both = (stack: TerraformStack) => [made({}, "daily-exports")(stack), made({}, "DailyExports")(stack)];
    expect(() => synth(both)).toThrow(
      /test\/DailyExports: 1 problem\n {2}- id: got ".*test-daily-exports", want a .*bucket name that test\/daily-exports/,
    );
  });

  test.each<[string, object]>([
    ["Infinity", { retentionDays: Infinity }],
    ["nothing", { retentionDays: undefined }],
    ["1.5", { retentionDays: 1.5 }],
  ])("it fails when objects are kept for %s", (got, props) => {
    expect(() => synth(made(props))).toThrow(`- retentionDays: got ${got}, want a whole number, 1 to 36500`);
  });

  for (const [prop, props] of Object.entries(lacks)) {
    test(`it fails on ${prop}, with the reason`, () => {
      expect(() => synth(made(props))).toThrow(new RegExp(`- ${prop}: got .*, want nothing: \\S.* .*; remove it`));
    });
  }
}
