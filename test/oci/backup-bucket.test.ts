import { TerraformStack } from "cdktf";
import { OciBackupBucket, useCompartment, type OciBackupBucketProps } from "cdktf-governed-agents/oci";
import { OciProvider } from "cdktf-governed-agents/oci/bindings/provider";
import { synthApp } from "cdktf-governed-agents/testing";
import { backupBucketContract } from "../contracts/backup-bucket";
import { COMPARTMENT, ociFacts, ociSynth, resourcesOf } from "./support";

const OWN = { namespace: "axaxnpcrorw5" };

const built = (props: Partial<OciBackupBucketProps>) =>
  ociSynth((scope) => new OciBackupBucket(scope, "Exports", { ...OWN, retentionDays: 400, ...props }));
const only = (stack: ReturnType<typeof built>, type: string) => Object.values(resourcesOf(stack, type))[0] as Record<string, unknown>;

describe("OciBackupBucket", () => {
  const lockedFrom = "2027-01-31T00:00:00Z";
  backupBucketContract({
    build: (stack, id, props) => new OciBackupBucket(stack, id, { ...OWN, ...props }),
    synth: ociSynth,
    facts: ociFacts,
    preventsDestroy: (stack) => (only(stack, "oci_objectstorage_bucket").lifecycle as Record<string, unknown>).prevent_destroy,
    can: {
      "warm and cold storage": { retentionDays: 400, warmAfterDays: 30, coldAfterDays: 90 },
      "cold storage only": { retentionDays: 91, coldAfterDays: 1 },
      "no lock": { lock: { mode: "none" } },
      "a lock for ever": { lock: { mode: "compliance", lockedFrom } },
    },
    lacks: {},
  });

  test("it is private, encrypted with the stack's key, and its objects cannot be deleted before their time", () => {
    const bucket = only(built({}), "oci_objectstorage_bucket");
    expect(bucket).toMatchObject({
      access_type: "NoPublicAccess",
      versioning: "Disabled",
      retention_rules: [{ duration: { time_amount: "400", time_unit: "DAYS" } }],
    });
    expect(bucket.kms_key_id).toMatch(/^\$\{oci_kms_key\.GovernedKey_/);
    const sandbox = only(built({ profile: "sandbox" }), "oci_objectstorage_bucket");
    expect(sandbox).toMatchObject({ access_type: "NoPublicAccess", versioning: "Enabled" });
    expect([sandbox.kms_key_id, sandbox.retention_rules]).toEqual([bucket.kms_key_id, undefined]);
  });

  test("objects get colder and go away by rules, which the service may follow in this bucket only", () => {
    const stack = built({ warmAfterDays: 30, coldAfterDays: 90, lock: { mode: "none" } });
    const { rules } = only(stack, "oci_objectstorage_object_lifecycle_policy") as { rules: Record<string, unknown>[] };
    expect(rules.map(({ action, target, time_amount }) => `${String(action)} ${String(target)} ${String(time_amount)}`)).toEqual([
      "INFREQUENT_ACCESS objects 30",
      "ARCHIVE objects 90",
      "DELETE objects 400",
      "DELETE previous-object-versions 400",
      "ABORT multipart-uploads 7",
    ]);
    const statements = Object.values(resourcesOf(stack, "oci_identity_policy")).flatMap(({ statements }) => statements as string[]);
    expect(statements).toEqual([
      expect.stringMatching(
        /^Allow service objectstorage-us-ashburn-1 to manage object-family in compartment id .* where target\.bucket\.name = /,
      ),
      expect.stringMatching(/^Allow service objectstorage-us-ashburn-1 to use keys in compartment id .* where target\.key\.id = /),
    ]);
  });
});

describe("fails", () => {
  test("on storage that would be billed for longer than it is used", () => {
    expect(() => built({ warmAfterDays: 30, coldAfterDays: 60 })).toThrowErrorMatchingInlineSnapshot(`
     "test/Exports: 1 problem
       - coldAfterDays: got 60, want 61 or more with warmAfterDays 30: 31 days of warm storage at least (OCI Object Storage); move objects later, or leave out warmAfterDays"
    `);
    expect(() => built({ retentionDays: 100, coldAfterDays: 60 })).toThrowErrorMatchingInlineSnapshot(`
     "test/Exports: 1 problem
       - retentionDays: got 100, want 150 or more with coldAfterDays 60: 90 days of cold storage at least (OCI Object Storage); keep objects longer, or leave out coldAfterDays"
    `);
    expect(() => built({ retentionDays: 40, warmAfterDays: 30 })).toThrowErrorMatchingInlineSnapshot(`
     "test/Exports: 1 problem
       - retentionDays: got 40, want 61 or more with warmAfterDays 30: 31 days of warm storage at least (OCI Object Storage); keep objects longer, or leave out warmAfterDays"
    `);
  });

  test("on locks that cannot be", () => {
    expect(() => built({ lock: { mode: "compliance" } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Exports: 1 problem
       - lock.lockedFrom: got nothing, want an instant in UTC such as "2027-01-31T00:00:00Z""
    `);
    expect(() => built({ profile: "sandbox", lock: { mode: "compliance", lockedFrom: "tomorrow" } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Exports: 2 problems
       - lock.mode: got "compliance", want "none" or "governance" when profile is "sandbox": nobody could throw it away
       - lock.lockedFrom: got "tomorrow", want an instant in UTC such as "2027-01-31T00:00:00Z""
    `);
    expect(() => built({ lock: { mode: "governance", lockedFrom: "2027-01-31T00:00:00Z" } })).toThrowErrorMatchingInlineSnapshot(`
     "test/Exports: 1 problem
       - lock.lockedFrom: got "2027-01-31T00:00:00Z", want no such prop; remove it; known props: mode"
    `);
  });

  test("on no namespace, and a stack whose region is not known", () => {
    const app = () =>
      synthApp((root) => {
        const stack = new TerraformStack(root, "test");
        new OciProvider(stack, "oci", {});
        useCompartment(stack, COMPARTMENT);
        new OciBackupBucket(stack, "Exports", { retentionDays: 90 } as OciBackupBucketProps);
      });
    expect(app).toThrowErrorMatchingInlineSnapshot(`
     "test/Exports: 2 problems
       - namespace: got nothing, want the Object Storage namespace of the tenancy, such as "axaxnpcrorw5": what \`oci os ns get\` says
       - region: got nothing, want a stack whose region is known at synth: the service that follows the rules is named by it; give the provider of the stack a literal region"
    `);
  });
});
